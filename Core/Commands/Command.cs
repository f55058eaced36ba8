using System;
using System.Text;
using LanguageExt;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Commands;

/// <summary>The cases of <see cref="Command"/>.</summary>
public enum CommandKind : byte
{
    /// <summary>TIME.</summary>
    Time,

    /// <summary>ECHO.</summary>
    Echo,

    /// <summary>HELP.</summary>
    Help,

    /// <summary>QUIT.</summary>
    Quit,
}

/// <summary>
/// What a client can request: a closed union (protocol.md, "Commands"). <c>default(Command)</c> is TIME.
/// </summary>
public readonly record struct Command
{
    private Command(CommandKind kind, LineText text = default)
    {
        Kind = kind;
        Text = text;
    }

    /// <summary>Requests the server's local time (C-3).</summary>
    public static Command Time => default;

    /// <summary>Requests the list of commands (C-5).</summary>
    public static Command Help => new(CommandKind.Help);

    /// <summary>Requests the end of the connection (C-6).</summary>
    public static Command Quit => new(CommandKind.Quit);

    /// <summary>Requests a text back (C-4).</summary>
    /// <param name="text">The text, returned byte for byte.</param>
    public static Command Echo(LineText text) => new(CommandKind.Echo, text);

    /// <summary>A command of any kind; the text is ignored unless the kind carries one.</summary>
    internal static Command Of(CommandKind kind, LineText text) => new(kind, text);

    /// <summary>Which case it is.</summary>
    public CommandKind Kind { get; }

    /// <summary>The text after the verb; none unless it is ECHO.</summary>
    public Option<LineText> AsText => HasText ? Text : Option<LineText>.None;

    /// <summary>The text of ECHO; <c>-</c> for every other command.</summary>
    internal LineText Text { get; }

    /// <summary>The word of ECHO on the wire.</summary>
    internal static ReadOnlySpan<byte> EchoVerb => "ECHO"u8;

    /// <summary>The word on the wire, in capitals.</summary>
    internal ReadOnlySpan<byte> Verb =>
        Kind switch
        {
            CommandKind.Time => "TIME"u8,
            CommandKind.Echo => EchoVerb,
            CommandKind.Help => "HELP"u8,
            CommandKind.Quit => "QUIT"u8,
        };

    /// <summary>The bytes after the verb; empty for none.</summary>
    internal ReadOnlySpan<byte> Argument => HasText ? Text.Bytes : [];

    private bool HasText =>
        Kind switch
        {
            CommandKind.Echo => true,
            CommandKind.Time or CommandKind.Help or CommandKind.Quit => false,
        };

    /// <summary>Calls one function: the one of the command's case.</summary>
    public T Match<T>(Func<T> time, Func<LineText, T> echo, Func<T> help, Func<T> quit) =>
        Kind switch
        {
            CommandKind.Time => time(),
            CommandKind.Echo => echo(Text),
            CommandKind.Help => help(),
            CommandKind.Quit => quit(),
        };

    /// <summary>The request as a client writes it, without its LF.</summary>
    public override string ToString()
    {
        var line = new byte[LineWriter.Write([], Verb, Argument)];
        return Encoding.UTF8.GetString(line, 0, LineWriter.Write(line, Verb, Argument) - 1);
    }
}
