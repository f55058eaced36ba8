using System;
using LanguageExt;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Transcripts;

/// <summary>Parses an event of a transcript.</summary>
internal static class TranscriptEventReader
{
    private const string AnyLine =
        "# and a comment, CONNECT to host:port, or -> request, <- reply, <? reply, FINISH or CLOSED, perhaps after @seconds or +seconds";

    // event = sent / received / optional / finish / closed
    /// <summary>Reads an event, without its time.</summary>
    internal static Either<Unexpected, TranscriptEvent> Read(string line) =>
        line switch
        {
            TranscriptSyntax.Finish => new TranscriptEvent.Finished(),
            TranscriptSyntax.Closed => new TranscriptEvent.Closed(),
            _ when line.StartsWith(TranscriptSyntax.Sent, StringComparison.Ordinal) => ReadArrow(
                line,
                ReadSent
            ),
            _ when line.StartsWith(TranscriptSyntax.Received, StringComparison.Ordinal) => ReadArrow(
                line,
                ReadReceived
            ),
            _ when line.StartsWith(TranscriptSyntax.Optional, StringComparison.Ordinal) => ReadArrow(
                line,
                ReadOptional
            ),
            _ => new Unexpected(0, AnyLine),
        };

    /// <summary>Reads what follows an arrow; the function is given whether an LF follows.</summary>
    private static Either<Unexpected, TranscriptEvent> ReadArrow(
        string line,
        Func<string, bool, Either<Unexpected, TranscriptEvent>> read
    )
    {
        const int Arrow = 2;
        return line.Length == Arrow ? read("", true)
            : line[Arrow] != ' ' ? new Unexpected(Arrow, "a space after the arrow")
            : (
                IsContinued(line)
                    ? read(line[(Arrow + 1)..^TranscriptSyntax.Continuation.Length], false)
                    : read(line[(Arrow + 1)..], true)
            ).MapLeft(static unexpected => unexpected.After(Arrow + 1));
    }

    /// <summary>Whether it ends with <c>\c</c>, whose backslash is not itself escaped.</summary>
    private static bool IsContinued(string line)
    {
        var beforeLast = line.AsSpan(0, line.Length - 1);
        var backslashes = beforeLast.Length - beforeLast.TrimEnd('\\').Length;
        return line[^1] == TranscriptSyntax.Continuation[1] && int.IsOddInteger(backslashes);
    }

    private static Either<Unexpected, TranscriptEvent> ReadSent(string shown, bool ended) =>
        ReadBytes(shown).Map(bytes => (TranscriptEvent)new TranscriptEvent.Sent(bytes, ended));

    private static Either<Unexpected, TranscriptEvent> ReadReceived(string shown, bool ended) =>
        ReadPattern(shown).Map(pattern => (TranscriptEvent)new TranscriptEvent.Received(pattern, ended));

    private static Either<Unexpected, TranscriptEvent> ReadOptional(string shown, bool ended) =>
        ended
            ? ReadPattern(shown).Map(static pattern => (TranscriptEvent)new TranscriptEvent.Optional(pattern))
            : new Unexpected(shown.Length, "a whole line: one that may be missing is never cut");

    private static Either<Unexpected, LinePattern> ReadPattern(string shown)
    {
        var found = PlaceholderSyntax.Find(shown);
        var start = found.Map(static range => range.Start.Value).IfNone(shown.Length);
        var ending = found.Bind(range => PlaceholderSyntax.Read(shown[range]));
        return found.Exists(range => range.End.Value < shown.Length)
                ? new Unexpected(
                    start,
                    @"a placeholder only at the end of the line (a literal < is written \x3C)"
                )
            : found.IsSome && ending.IsNone
                ? new Unexpected(
                    start,
                    $"a placeholder of docs/transcripts.md, such as {Placeholder.Time} or <now 5s>"
                )
            : ReadBytes(shown[..start]).Map(bytes => new LinePattern(bytes, ending));
    }

    // octets = *(printable / "\\" / "\x" 2HEXDIG) ; a printable character other than a backslash stands for its UTF-8
    private static Either<Unexpected, ByteString> ReadBytes(string shown) =>
        Escape
            .Unescape(shown)
            .Map(static bytes => ByteString.From(bytes.Span))
            .MapLeft(static index => new Unexpected(
                index,
                @"no other escapes than \xNN and \\, and \c at the end"
            ));
}
