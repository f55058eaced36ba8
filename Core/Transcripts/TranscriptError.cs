using System.Globalization;

namespace TinyTcp.Core.Transcripts;

/// <summary>Why a text is not a valid transcript, for people.</summary>
/// <param name="Line">The number of the line, from 1.</param>
/// <param name="Column">The number of the character in the line, from 1.</param>
/// <param name="Expected">What was expected there.</param>
/// <param name="Given">The line that was found there.</param>
public sealed record TranscriptError(int Line, int Column, string Expected, string Given)
{
    /// <summary>One sentence for people.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"line {Line}, column {Column}: expected {Expected}, got: {Given}"
        );
}
