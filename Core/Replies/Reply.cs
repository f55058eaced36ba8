using System;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Replies;

/// <summary>
/// What a server can say: a closed union (protocol.md, "Replies"). <c>default(Reply)</c> is BYE.
/// </summary>
public readonly record struct Reply
{
    private enum Case : byte
    {
        Bye,
        Welcome,
        Time,
        Echo,
        Help,
        Error,
        UnknownError,
    }

    private readonly Case @case;
    private readonly ErrorCode error;
    private readonly Timestamp time;
    private readonly LineText text;

    private Reply(Case @case, LineText text = default, Timestamp time = default, ErrorCode error = default)
    {
        this.@case = @case;
        this.text = text;
        this.time = time;
        this.error = error;
    }

    /// <summary>The answer to QUIT (C-6).</summary>
    public static Reply Bye => default;

    /// <summary>The greeting, said before anything is asked .</summary>
    /// <param name="text">What follows <c>WELCOME,</c>.</param>
    public static Reply Welcome(LineText text) => new(Case.Welcome, text);

    /// <summary>The answer to TIME (C-3).</summary>
    /// <param name="time">The server's local time.</param>
    public static Reply Time(in Timestamp time) => new(Case.Time, time: time);

    /// <summary>The answer to ECHO (C-4).</summary>
    /// <param name="text">The text asked for.</param>
    public static Reply Echo(LineText text) => new(Case.Echo, text);

    /// <summary>The answer to HELP (C-5).</summary>
    /// <param name="commands">What follows <c>HELP COMMANDS:</c>, for people.</param>
    public static Reply Help(LineText commands) => new(Case.Help, commands);

    /// <summary>An error that this version knows (protocol.md, "Errors").</summary>
    /// <param name="error">Its code.</param>
    public static Reply Error(ErrorCode error) => new(Case.Error, error: error);

    /// <summary>An error by its word: the known error where it is one, else taken as just that word .</summary>
    /// <param name="word">What follows <c>ERROR</c>.</param>
    public static Reply Error(LineText word)
    {
        var known = ErrorTable.Find(word);
        return known.IsSome ? Error((ErrorCode)known) : new(Case.UnknownError, word);
    }

    /// <summary>One function for each case; exactly one is called.</summary>
    public T Match<T>(
        Func<LineText, T> welcome,
        Func<Timestamp, T> time,
        Func<LineText, T> echo,
        Func<LineText, T> help,
        Func<T> bye,
        Func<ErrorCode, T> error,
        Func<LineText, T> unknownError
    ) =>
        @case switch
        {
            Case.Welcome => welcome(text),
            Case.Time => time(this.time),
            Case.Echo => echo(text),
            Case.Help => help(text),
            Case.Error => error(this.error),
            Case.UnknownError => unknownError(text),
            _ => bye(),
        };

    /// <summary>One function for each case, with a context so that none needs to capture.</summary>
    public T Match<TContext, T>(
        TContext context,
        Func<TContext, LineText, T> welcome,
        Func<TContext, Timestamp, T> time,
        Func<TContext, LineText, T> echo,
        Func<TContext, LineText, T> help,
        Func<TContext, T> bye,
        Func<TContext, ErrorCode, T> error,
        Func<TContext, LineText, T> unknownError
    )
        where TContext : allows ref struct =>
        @case switch
        {
            Case.Welcome => welcome(context, text),
            Case.Time => time(context, this.time),
            Case.Echo => echo(context, text),
            Case.Help => help(context, text),
            Case.Error => error(context, this.error),
            Case.UnknownError => unknownError(context, text),
            _ => bye(context),
        };

    /// <summary>The reply as it stands on the wire, without its LF.</summary>
    /// <returns>The same characters as <see cref="Protocol.Render(in Reply)"/>.</returns>
    public override string ToString() => Protocol.Render(this);
}
