using System;
using System.Text.Unicode;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Sessions;

/// <summary>
/// An optimisation for the most frequent request: a canonical ECHO request, <c>ECHO</c>, one space and a trimmed text, is
/// byte-identical to its reply, so it is copied. Parse, Evaluate and Render handle every other line; a law compares the two
/// paths.
/// </summary>
internal static class FastPath
{
    /// <summary>Copies the canonical ECHO lines at the start, as far as they fit.</summary>
    /// <param name="bytes">Bytes from the start of a line.</param>
    /// <param name="maxLine">The maximum length of a line before its LF, in bytes.</param>
    /// <param name="destination">Where replies are written.</param>
    /// <returns>The number of bytes consumed, and as many written; 0 if the first line is not a canonical ECHO.</returns>
    internal static int Echo(ReadOnlySpan<byte> bytes, int maxLine, Span<byte> destination)
    {
        var available = bytes[..Math.Min(bytes.Length, destination.Length)];
        var length = 0;
        while (FirstEchoLength(available[length..], maxLine) is > 0 and var lineLength)
        {
            length += lineLength;
        }

        available[..length].CopyTo(destination);
        return length;
    }

    /// <summary>The length of the first line with its LF; 0 if it is not a canonical ECHO.</summary>
    private static int FirstEchoLength(ReadOnlySpan<byte> bytes, int maxLine)
    {
        var textStart = Command.EchoVerb.Length + 1;
        if (
            bytes.Length <= textStart
            || !bytes.StartsWith(Command.EchoVerb)
            || bytes[textStart - 1] != Grammar.Space
        )
        {
            return 0;
        }

        var end = bytes.IndexOf(Grammar.Lf);
        var isCanonical =
            end > textStart
            && end <= maxLine
            && !Grammar.IsSpace(bytes[textStart])
            && !Grammar.IsSpace(bytes[end - 1])
            && Utf8.IsValid(bytes[..end]);
        return isCanonical ? end + 1 : 0;
    }
}
