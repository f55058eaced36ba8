namespace TinyTcp.Core.Transcripts;

/// <summary>What was expected in a line of a transcript, and where.</summary>
/// <param name="Index">The index of a character, from 0.</param>
/// <param name="Expected">What was expected there.</param>
internal readonly record struct Unexpected(int Index, string Expected)
{
    /// <summary>The same in a text that has so many characters before.</summary>
    internal Unexpected After(int length) => this with { Index = Index + length };
}
