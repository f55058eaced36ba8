using System;
using System.Text;
using System.Text.Unicode;
using LanguageExt;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Verbs;

/// <content>Render's inverse, for clients: from a line to the reply it is.</content>
public static partial class Protocol
{
    /// <summary>Reads a reply, in any letter case: <c>Read(Render(reply))</c> is the reply.</summary>
    /// <param name="line">A line without its LF, of any length.</param>
    /// <returns>The reply, or what is wrong with the line.</returns>
    public static Either<ReplyError, Reply> Read(ReadOnlyMemory<byte> line) =>
        line.Span.Contains(Grammar.Lf) ? ReplyError.Unrecognised
        : Utf8.IsValid(line.Span) ? ReadLine(Tokenizer.Trim(line))
        : ReplyError.NotUtf8;

    /// <summary>Reads a reply from characters; a lone surrogate is not UTF-8.</summary>
    /// <param name="line">A line without its LF.</param>
    /// <returns>The reply, or what is wrong with the line.</returns>
    /// <example>
    /// <code>
    /// var text = Protocol.Read("TIME 2025-09-12T17:24:13-05:00").Match(
    ///     Right: reply =&gt; reply.Kind == ReplyKind.Time ? "a time" : "another reply",
    ///     Left: error =&gt; $"not a reply: {error}"
    /// );
    /// </code>
    /// </example>
    public static Either<ReplyError, Reply> Read(string line)
    {
        var bytes = Utf8Text.Encode(line);
        return bytes.IsSome ? Read((ReadOnlyMemory<byte>)bytes) : ReplyError.NotUtf8;
    }

    private static Either<ReplyError, Reply> ReadLine(ReadOnlyMemory<byte> trimmed)
    {
        foreach (var kind in ReplySyntax.Kinds)
        {
            var word = ReplySyntax.WordOf(kind);
            if (BeginsWith(trimmed.Span, word))
            {
                return ReadPayload(kind, Tokenizer.Trim(trimmed[word.Length..]));
            }
        }

        return ReplyError.Unrecognised;
    }

    private static bool BeginsWith(ReadOnlySpan<byte> line, ReadOnlySpan<byte> word) =>
        line.Length >= word.Length
        && Ascii.EqualsIgnoreCase(line[..word.Length], word)
        && (line.Length == word.Length || Grammar.IsSpace(line[word.Length]));

    private static Either<ReplyError, Reply> ReadPayload(ReplyKind kind, ReadOnlyMemory<byte> payload) =>
        ReplySyntax.PayloadOf(kind) switch
        {
            ReplyPayload.None => payload.IsEmpty ? Reply.Of(kind) : ReplyError.Unrecognised,
            ReplyPayload.Text => payload.IsEmpty
                ? ReplyError.MissingText
                : Reply.Of(kind, LineText.FromTrusted(payload)),
            ReplyPayload.Timestamp => Timestamp
                .Read(payload.Span)
                .Map(static time => Reply.Time(time))
                .ToEither(ReplyError.BadTime),
        };
}
