using System.Globalization;

namespace TinyTcp.Core.Transcripts;

/// <summary>A difference between a conversation and its transcript.</summary>
/// <param name="Kind">How they differ.</param>
/// <param name="Line">The number of the transcript's line, from 1.</param>
/// <param name="Expected">What the transcript says there.</param>
/// <param name="Got">What was received, as a transcript writes it; or <c>silence</c>, or <c>RESET</c>.</param>
public sealed record Mismatch(MismatchKind Kind, int Line, string Expected, string Got)
{
    /// <summary>One sentence for people.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"line {Line}: expected {Expected}, got: {Got}");
}
