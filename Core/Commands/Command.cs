using System;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Commands;

/// <summary>
/// What a client can ask for: TIME, ECHO with a text, HELP or QUIT; a closed union (protocol.md, "Commands").
/// <c>default(Command)</c> is TIME.
/// </summary>
public readonly record struct Command
{
    private enum Case : byte
    {
        Time,
        Echo,
        Help,
        Quit,
    }

    private readonly Case @case;
    private readonly LineText text;

    private Command(Case @case, LineText text = default)
    {
        this.@case = @case;
        this.text = text;
    }

    /// <summary>Asks for the server's local time (C-3).</summary>
    public static Command Time => default;

    /// <summary>Asks which commands there are (C-5).</summary>
    public static Command Help => new(Case.Help);

    /// <summary>Asks for the end of the connection (C-6).</summary>
    public static Command Quit => new(Case.Quit);

    /// <summary>Asks for a text back (C-4).</summary>
    /// <param name="text">The text to come back, byte for byte.</param>
    public static Command Echo(LineText text) => new(Case.Echo, text);

    /// <summary>One function for each case; exactly one is called.</summary>
    public T Match<T>(Func<T> time, Func<LineText, T> echo, Func<T> help, Func<T> quit) =>
        @case switch
        {
            Case.Echo => echo(text),
            Case.Help => help(),
            Case.Quit => quit(),
            _ => time(),
        };

    /// <summary>One function for each case, with a context so that none needs to capture.</summary>
    public T Match<TContext, T>(
        TContext context,
        Func<TContext, T> time,
        Func<TContext, LineText, T> echo,
        Func<TContext, T> help,
        Func<TContext, T> quit
    )
        where TContext : allows ref struct =>
        @case switch
        {
            Case.Echo => echo(context, text),
            Case.Help => help(context),
            Case.Quit => quit(context),
            _ => time(context),
        };

    /// <summary>The request as a client writes it, without its LF.</summary>
    /// <returns>The same characters as <see cref="Protocol.Render(Command)"/>.</returns>
    public override string ToString() => Protocol.Render(this);
}
