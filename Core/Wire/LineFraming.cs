using System;

namespace TinyTcp.Core.Wire;

/// <summary>Finds where a line ends (F-1). It copies, keeps and judges nothing.</summary>
public static class LineFraming
{
    /// <summary>The index of the first LF, which is the line's length.</summary>
    /// <param name="bytes">Bytes from the start of a line.</param>
    /// <param name="scanned">
    /// How many of them are known to contain no LF. They are skipped, so that a line that arrives in many pieces costs no
    /// more than one that arrives whole. Clamped to 0..length.
    /// </param>
    /// <returns>The index, or −1 if there is no LF yet.</returns>
    public static int IndexOfLineEnd(ReadOnlySpan<byte> bytes, int scanned)
    {
        var from = Math.Clamp(scanned, 0, bytes.Length);
        var found = bytes[from..].IndexOf(Grammar.Lf);
        return found < 0 ? found : from + found;
    }
}
