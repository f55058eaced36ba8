using System;
using System.Text;
using LanguageExt;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Transcripts;

/// <summary>A received line as a transcript writes it: its bytes, and perhaps a placeholder at the end.</summary>
/// <param name="Literal">The bytes before the placeholder.</param>
/// <param name="Ending">The placeholder; none if the line ends after the bytes.</param>
public sealed record LinePattern(ByteString Literal, Option<Placeholder> Ending)
{
    /// <summary>The pattern that matches one line only.</summary>
    /// <param name="line">The line, without its LF.</param>
    public static LinePattern Exactly(ReadOnlySpan<byte> line) =>
        new(ByteString.From(line), Option<Placeholder>.None);

    /// <summary>Whether a line matches: byte for byte, letter case included.</summary>
    /// <param name="line">A line without its LF.</param>
    /// <param name="now">The time at which it was received.</param>
    public bool Matches(ReadOnlyMemory<byte> line, DateTimeOffset now) =>
        line.Span.StartsWith(Literal.Span) && EndMatches(line[Literal.Span.Length..], now);

    /// <summary>A line that matches.</summary>
    /// <param name="now">The time of day.</param>
    public ByteString Example(DateTimeOffset now) =>
        ByteString.From([
            .. Literal.Span,
            .. Encoding.UTF8.GetBytes(
                Ending.Match(Some: ending => ending.Example(now), None: static () => "")
            ),
        ]);

    /// <summary>The same with <c>&lt;time&gt;</c>, if it is a reply to TIME: for a server that has its own clock.</summary>
    public LinePattern WithAnyTime()
    {
        var length = Math.Max(0, Literal.Span.Length - Timestamp.Length);
        return
            Ending.IsNone
            && Protocol.Read(Literal.Memory).Exists(static reply => reply.Kind == ReplyKind.Time)
            && Timestamp.ReadWritten(Literal.Span[length..]).IsSome
            ? new(ByteString.From(Literal.Span[..length]), Placeholder.Time)
            : this;
    }

    /// <summary>The line as a transcript writes it.</summary>
    public override string ToString() =>
        PlaceholderSyntax.Escape(Literal.ToString())
        + Ending.Match(Some: static ending => ending.Spelling, None: static () => "");

    private bool EndMatches(ReadOnlyMemory<byte> rest, DateTimeOffset now) =>
        Ending.Match(Some: ending => ending.Matches(rest, now), None: () => rest.IsEmpty);
}
