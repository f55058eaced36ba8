using System;
using System.Collections.Immutable;
using System.Text;
using LanguageExt;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Replies;

/// <summary>One row of the reply table: the word a reply begins with, and how a client reads what follows it.</summary>
internal sealed record ReplySyntax(string Word, Func<ReadOnlyMemory<byte>, Either<ReplyError, Reply>> Read)
{
    private readonly ImmutableArray<byte> word = [.. Encoding.UTF8.GetBytes(Word)];

    internal ReadOnlySpan<byte> WordBytes => word.AsSpan();

    /// <summary>Reads a trimmed line, in any letter case; none where it begins with another word .</summary>
    internal Option<Either<ReplyError, Reply>> TryRead(ReadOnlyMemory<byte> line) =>
        BeginsWithWord(line.Span)
            ? Read(Tokenizer.Trim(line[word.Length..]))
            : Option<Either<ReplyError, Reply>>.None;

    private bool BeginsWithWord(ReadOnlySpan<byte> line) =>
        line.Length >= word.Length
        && Ascii.EqualsIgnoreCase(line[..word.Length], WordBytes)
        && (line.Length == word.Length || Grammar.IsSpace(line[word.Length]));
}

/// <summary>What each reply begins with: Render writes these words, Read looks for them, nobody else has them.</summary>
internal static class ReplyTable
{
    // greeting = "WELCOME," SP text
    internal static ReplySyntax Welcome { get; } =
        new("WELCOME,", static rest => ReadText(rest, static text => Reply.Welcome(text)));

    // time-reply = "TIME" SP timestamp
    internal static ReplySyntax Time { get; } = new("TIME", ReadTime);

    // echo-reply = "ECHO" SP text
    internal static ReplySyntax Echo { get; } =
        new("ECHO", static rest => ReadText(rest, static text => Reply.Echo(text)));

    // help-reply = "HELP COMMANDS:" SP text
    internal static ReplySyntax Help { get; } =
        new("HELP COMMANDS:", static rest => ReadText(rest, static text => Reply.Help(text)));

    // bye = "BYE"
    internal static ReplySyntax Bye { get; } = new("BYE", ReadBye);

    // error-reply = "ERROR" SP text
    internal static ReplySyntax Error { get; } =
        new("ERROR", static rest => ReadText(rest, static text => Reply.Error(text)));

    internal static ImmutableArray<ReplySyntax> Rows { get; } = [Echo, Time, Error, Bye, Help, Welcome];

    /// <summary>What this project's servers say after <c>WELCOME,</c> (R-2).</summary>
    internal static LineText WelcomeText { get; } = LineText.Literal("I'm TinyServer not pressure");

    // A method's name instead of a function would be a new object for each reply: in initialisers none is kept.
    private static Either<ReplyError, Reply> ReadText(
        ReadOnlyMemory<byte> rest,
        Func<LineText, Reply> make
    ) => rest.IsEmpty ? ReplyError.MissingText : make(LineText.FromTrusted(rest));

    private static Either<ReplyError, Reply> ReadTime(ReadOnlyMemory<byte> rest) =>
        Timestamp.Read(rest.Span).Map(static time => Reply.Time(time)).ToEither(ReplyError.BadTime);

    private static Either<ReplyError, Reply> ReadBye(ReadOnlyMemory<byte> rest) =>
        rest.IsEmpty ? Reply.Bye : ReplyError.Unrecognised;
}
