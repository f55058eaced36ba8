using System;

namespace TinyTcp.Core.Wire;

/// <summary>Finding where a line ends (F-1). Says where; copies, keeps and judges nothing.</summary>
public static class LineFraming
{
    /// <summary>The place of the first LF, which is the line's length.</summary>
    /// <param name="bytes">Bytes from the start of a line.</param>
    /// <param name="scanned">
    /// How many of them an earlier call has already found free of LF: they are not looked at again, so that a line
    /// that comes in many pieces costs no more than one that comes whole. Taken as the nearest of 0 to the length.
    /// </param>
    /// <returns>Its index, or −1 where there is none yet.</returns>
    public static int IndexOfLineEnd(ReadOnlySpan<byte> bytes, int scanned)
    {
        var from = Math.Clamp(scanned, 0, bytes.Length);
        var found = bytes[from..].IndexOf(Grammar.Lf);
        return found < 0 ? found : from + found;
    }
}
