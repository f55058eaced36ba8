using System;
using System.Globalization;
using System.Linq;
using LanguageExt;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Transcripts;

/// <summary>Parses one line of a transcript.</summary>
internal static class TranscriptReader
{
    private const string AnyLine =
        "# and a comment, CONNECT to host:port, or -> request, <- reply, FINISH or CLOSED, perhaps after @seconds";

    // line = [comment / connect / [time] (sent / received / finish / closed)] [CR] LF
    internal static Either<TranscriptError, TranscriptLine> Read(string line, int number) =>
        ReadLine(line.EndsWith('\r') ? line[..^1] : line)
            .MapLeft(expected => new TranscriptError(number, expected, line));

    private static Either<string, TranscriptLine> ReadLine(string line) =>
        string.IsNullOrWhiteSpace(line) ? new TranscriptLine.Blank()
        : line[0] == TranscriptSyntax.Comment ? ReadComment(line[1..])
        : line.StartsWith(TranscriptSyntax.Connect, StringComparison.Ordinal)
            ? ReadConnect(line[TranscriptSyntax.Connect.Length..])
        : line[0] == TranscriptSyntax.Time ? ReadTimed(line[1..])
        : ReadEvent(line, Option<uint>.None);

    private static Either<string, TranscriptLine> ReadComment(string remark) =>
        Utf8Text
            .Encode(remark)
            .Map(static bytes => (TranscriptLine)new TranscriptLine.Comment(LineText.From(bytes)))
            .ToEither("characters that UTF-8 can encode");

    private static Either<string, TranscriptLine> ReadConnect(string peer) =>
        TranscriptPeer
            .From(peer)
            .Map(static peer => (TranscriptLine)new TranscriptLine.Connect(peer))
            .ToEither("CONNECT to host:port, with a port from 0 to 65535");

    private static Either<string, TranscriptLine> ReadTimed(string timed)
    {
        var space = timed.IndexOf(' ', StringComparison.Ordinal);
        var time = space < 0 ? Option<uint>.None : ReadSeconds(timed[..space]);
        return time.IsSome
            ? ReadEvent(timed[(space + 1)..], time)
            : "a time such as @1.250, in seconds since CONNECT, and a space";
    }

    private static Option<uint> ReadSeconds(string seconds) =>
        seconds.Length > 0
        && char.IsAsciiDigit(seconds[0])
        && char.IsAsciiDigit(seconds[^1])
        && decimal.TryParse(
            seconds,
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var value
        )
        && value <= uint.MaxValue / 1000m
        && decimal.IsInteger(value * 1000)
            ? (uint)(value * 1000)
            : Option<uint>.None;

    private static Either<string, TranscriptLine> ReadEvent(string line, Option<uint> at) =>
        ReadEvent(line).Map(@event => (TranscriptLine)new TranscriptLine.Entry(at, @event));

    private static Either<string, TranscriptEvent> ReadEvent(string line) =>
        line switch
        {
            TranscriptSyntax.Finish => new TranscriptEvent.Finished(),
            TranscriptSyntax.Closed => new TranscriptEvent.Closed(),
            _ when line.StartsWith(TranscriptSyntax.Sent, StringComparison.Ordinal) => ReadArrow(
                line[2..],
                ReadSent
            ),
            _ when line.StartsWith(TranscriptSyntax.Received, StringComparison.Ordinal) => ReadArrow(
                line[2..],
                ReadReceived
            ),
            _ => AnyLine,
        };

    private static Either<string, TranscriptEvent> ReadArrow(
        string rest,
        Func<string, bool, Either<string, TranscriptEvent>> read
    ) =>
        rest.Length == 0 ? read(rest, true)
        : rest[0] != ' ' ? "a space after the arrow"
        : IsContinued(rest) ? read(rest[1..^TranscriptSyntax.Continuation.Length], false)
        : read(rest[1..], true);

    /// <summary>Whether it ends with <c>\c</c>, whose backslash is not itself escaped.</summary>
    private static bool IsContinued(string shown)
    {
        var beforeLast = shown.AsSpan(0, shown.Length - 1);
        var backslashes = beforeLast.Length - beforeLast.TrimEnd('\\').Length;
        return shown[^1] == TranscriptSyntax.Continuation[1] && int.IsOddInteger(backslashes);
    }

    private static Either<string, TranscriptEvent> ReadSent(string shown, bool ended) =>
        ReadBytes(shown).Map(bytes => (TranscriptEvent)new TranscriptEvent.Sent(bytes, ended));

    // placeholder = time-placeholder / text-placeholder
    private static Either<string, TranscriptEvent> ReadReceived(string shown, bool ended)
    {
        var ending = Placeholder
            .Rows.Where(row => shown.EndsWith(row.Spelling, StringComparison.Ordinal))
            .ToOption();
        var literal = shown[..^ending.Match(Some: static row => row.Spelling.Length, None: static () => 0)];
        return Placeholder.Rows.Any(row => literal.Contains(row.Spelling, StringComparison.Ordinal))
            ? @"a placeholder only at the end of the line (a literal < is written \x3C)"
            : ReadBytes(literal)
                .Map(bytes =>
                    (TranscriptEvent)new TranscriptEvent.Received(new LinePattern(bytes, ending), ended)
                );
    }

    // octets = *(printable / "\\" / "\x" 2HEXDIG) ; a printable character other than a backslash stands for its UTF-8
    private static Either<string, ByteString> ReadBytes(string shown) =>
        Escape
            .FromPrintable(shown)
            .Map(static bytes => ByteString.From(bytes.Span))
            .ToEither(@"no other escapes than \xNN and \\, and \c at the end");
}
