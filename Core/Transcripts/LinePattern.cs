using System;
using LanguageExt;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Transcripts;

/// <summary>What a transcript says of a received line: its bytes, up to a placeholder if it ends in one.</summary>
/// <param name="Literal">The bytes that must be just these.</param>
/// <param name="Ending">What the line ends in after them; none where they are all of it.</param>
public sealed record LinePattern(ByteString Literal, Option<Placeholder> Ending)
{
    /// <summary>The pattern that only one line matches.</summary>
    /// <param name="line">That line, without its LF.</param>
    public static LinePattern Exactly(ReadOnlySpan<byte> line) =>
        new(ByteString.From(line), Option<Placeholder>.None);

    /// <summary>Whether a line is as the transcript says: byte for byte, letter case included.</summary>
    /// <param name="line">A line without its LF.</param>
    public bool Matches(ReadOnlyMemory<byte> line) =>
        line.Span.StartsWith(Literal.Span) && EndsAsSaid(line[Literal.Span.Length..]);

    private bool EndsAsSaid(ReadOnlyMemory<byte> rest) =>
        Ending.IsSome ? ((Placeholder)Ending).Matches(rest) : rest.IsEmpty;
}
