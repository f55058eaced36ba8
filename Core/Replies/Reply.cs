using System;
using System.Text;
using LanguageExt;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Replies;

/// <summary>
/// What a server can send: a closed union (protocol.md, "Replies"). <c>default(Reply)</c> is BYE.
/// </summary>
public readonly record struct Reply
{
    private readonly LineText text;
    private readonly Timestamp time;
    private readonly ErrorCode error;

    private Reply(
        ReplyKind kind,
        LineText text = default,
        Timestamp time = default,
        ErrorCode error = default
    )
    {
        Kind = kind;
        this.text = text;
        this.time = time;
        this.error = error;
    }

    /// <summary>The reply to QUIT (C-6).</summary>
    public static Reply Bye => default;

    /// <summary>The greeting, sent before any request .</summary>
    /// <param name="text">The text after <c>WELCOME,</c>.</param>
    public static Reply Welcome(LineText text) => new(ReplyKind.Welcome, text);

    /// <summary>The reply to TIME (C-3).</summary>
    /// <param name="time">The server's local time.</param>
    public static Reply Time(Timestamp time) => new(ReplyKind.Time, time: time);

    /// <summary>The reply to ECHO (C-4).</summary>
    /// <param name="text">The text requested.</param>
    public static Reply Echo(LineText text) => new(ReplyKind.Echo, text);

    /// <summary>The reply to HELP (C-5).</summary>
    /// <param name="commands">The text after <c>HELP COMMANDS:</c>, for people.</param>
    public static Reply Help(LineText commands) => new(ReplyKind.Help, commands);

    /// <summary>An error that this version knows (protocol.md, "Errors").</summary>
    /// <param name="error">Its code.</param>
    public static Reply Error(ErrorCode error) => new(ReplyKind.Error, error.Word, error: error);

    /// <summary>An error by its word: a known one if it is one, otherwise an unknown error of that word .</summary>
    /// <param name="word">The text after <c>ERROR</c>.</param>
    public static Reply Error(LineText word)
    {
        var known = ErrorCode.Find(word);
        return known.IsSome ? Error((ErrorCode)known) : new(ReplyKind.UnknownError, word);
    }

    /// <summary>Which case it is.</summary>
    public ReplyKind Kind { get; }

    /// <summary>The text after the reply's word, an error's word included; none for BYE and TIME.</summary>
    public Option<LineText> AsText => Payload == ReplyPayload.Text ? text : Option<LineText>.None;

    /// <summary>The time; none unless it is a TIME reply.</summary>
    public Option<Timestamp> AsTime => Payload == ReplyPayload.Timestamp ? time : Option<Timestamp>.None;

    /// <summary>The error code; none unless it is an error that this version knows.</summary>
    public Option<ErrorCode> AsError => Kind == ReplyKind.Error ? error : Option<ErrorCode>.None;

    /// <summary>Whether it is an error, known or not.</summary>
    public bool IsError => Kind is ReplyKind.Error or ReplyKind.UnknownError;

    private ReadOnlySpan<byte> Word => ReplySyntax.WordOf(Kind);

    private ReplyPayload Payload => ReplySyntax.PayloadOf(Kind);

    /// <summary>Calls one function: the one of the reply's case.</summary>
    public T Match<T>(
        Func<LineText, T> welcome,
        Func<Timestamp, T> time,
        Func<LineText, T> echo,
        Func<LineText, T> help,
        Func<T> bye,
        Func<ErrorCode, T> error,
        Func<LineText, T> unknownError
    ) =>
        Kind switch
        {
            ReplyKind.Welcome => welcome(text),
            ReplyKind.Time => time(this.time),
            ReplyKind.Echo => echo(text),
            ReplyKind.Help => help(text),
            ReplyKind.Bye => bye(),
            ReplyKind.Error => error(this.error),
            ReplyKind.UnknownError => unknownError(text),
        };

    /// <summary>The reply as on the wire, without its LF.</summary>
    public override string ToString()
    {
        var line = new byte[Write([])];
        return Encoding.UTF8.GetString(line, 0, Write(line) - 1);
    }

    /// <summary>A reply that carries nothing but its word.</summary>
    internal static Reply Of(ReplyKind kind) => new(kind);

    /// <summary>A reply that carries a text; an error by its word.</summary>
    internal static Reply Of(ReplyKind kind, LineText text) =>
        kind is ReplyKind.Error or ReplyKind.UnknownError ? Error(text) : new(kind, text);

    /// <summary>Writes the reply and its LF if it fits.</summary>
    /// <returns>The length; it is written if the destination is that long.</returns>
    internal int Write(Span<byte> destination) =>
        Payload switch
        {
            ReplyPayload.None => LineWriter.Write(destination, Word, []),
            ReplyPayload.Text => LineWriter.Write(destination, Word, text.Bytes),
            ReplyPayload.Timestamp => WriteTime(destination),
        };

    private int WriteTime(Span<byte> destination)
    {
        Span<byte> written = stackalloc byte[Timestamp.Length];
        time.TryWrite(written);
        return LineWriter.Write(destination, Word, written);
    }
}
