using System;

namespace TinyTcp.Core.Wire;

/// <summary>
/// A word of up to seven letters as one number, the same in any letter case: verbs are compared in one step.
/// </summary>
internal static class VerbKey
{
    private const int MaxLength = 7;

    // Clears the bit that makes a letter small; no other byte becomes a capital letter.
    private const byte CaseMask = 0xDF;

    /// <summary>The key of a word: its length, then its letters as capitals; 0 if it is longer than seven bytes.</summary>
    /// <param name="word">Any bytes; it has the same key as a verb only if they differ in letter case alone.</param>
    internal static ulong Of(ReadOnlySpan<byte> word)
    {
        if (word.Length > MaxLength)
        {
            return 0;
        }

        var key = (ulong)word.Length;
        foreach (var letter in word)
        {
            key = (key << 8) | (uint)(letter & CaseMask);
        }

        return key;
    }
}
