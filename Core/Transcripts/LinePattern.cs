using System;
using System.Linq;
using LanguageExt;
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
    public bool Matches(ReadOnlyMemory<byte> line) =>
        line.Span.StartsWith(Literal.Span) && EndMatches(line[Literal.Span.Length..]);

    /// <summary>The line as a transcript writes it.</summary>
    public override string ToString() =>
        Placeholder.Rows.Aggregate(Literal.ToString(), AsLiteral)
        + Ending.Match(Some: static ending => ending.Spelling, None: static () => "");

    private bool EndMatches(ReadOnlyMemory<byte> rest) =>
        Ending.IsSome ? ((Placeholder)Ending).Matches(rest) : rest.IsEmpty;

    /// <summary>Escapes a literal that looks like a placeholder.</summary>
    private static string AsLiteral(string shown, Placeholder placeholder) =>
        shown.Replace(placeholder.Spelling, $@"\x3C{placeholder.Spelling[1..]}", StringComparison.Ordinal);
}
