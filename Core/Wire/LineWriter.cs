using System;

namespace TinyTcp.Core.Wire;

/// <summary>Writes a line: a word, perhaps a text, and LF.</summary>
internal static class LineWriter
{
    // message = word [SP text] LF
    /// <summary>Writes a line if it fits.</summary>
    /// <param name="destination">Where to write.</param>
    /// <param name="word">The word it begins with.</param>
    /// <param name="text">The text after it; empty for none.</param>
    /// <returns>The line's length; it is written if the destination is that long.</returns>
    internal static int Write(Span<byte> destination, ReadOnlySpan<byte> word, ReadOnlySpan<byte> text)
    {
        var gap = text.IsEmpty ? 0 : 1;
        var length = word.Length + gap + text.Length + 1;
        if (length <= destination.Length)
        {
            word.CopyTo(destination);
            destination[word.Length] = Grammar.Space;
            text.CopyTo(destination[(word.Length + gap)..]);
            destination[length - 1] = Grammar.Lf;
        }

        return length;
    }
}
