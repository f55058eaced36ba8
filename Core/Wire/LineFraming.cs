using System;

namespace TinyTcp.Core.Wire;

/// <summary>Finds where a line ends (F-1). The length limit (F-4) is the caller's to check.</summary>
public static class LineFraming
{
    /// <summary>The index of the first LF: the length of the line before it.</summary>
    /// <param name="bytes">Bytes from the start of a line.</param>
    /// <param name="scanned">
    /// How many of them are known to contain no LF. They are skipped, so that a line in many segments costs no
    /// more than a line in one. Clamped to 0..length.
    /// </param>
    /// <returns>The index, or −1 if there is no LF yet.</returns>
    public static int IndexOfLineEnd(ReadOnlySpan<byte> bytes, int scanned)
    {
        var from = Math.Clamp(scanned, 0, bytes.Length);
        var found = bytes[from..].IndexOf(Grammar.Lf);
        return found < 0 ? found : from + found;
    }
}
