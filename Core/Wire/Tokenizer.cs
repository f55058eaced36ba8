using System;

namespace TinyTcp.Core.Wire;

/// <summary>Cuts a line into its first word and the rest (F-2). Slices only: nothing is copied.</summary>
internal static class Tokenizer
{
    // request = *WSP word [1*WSP text] *WSP
    /// <summary>The bytes without white space at either end.</summary>
    internal static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        var start = 0;
        var end = span.Length;
        while (start < end && Grammar.IsSpace(span[start]))
        {
            start++;
        }

        while (end > start && Grammar.IsSpace(span[end - 1]))
        {
            end--;
        }

        return bytes[start..end];
    }

    /// <summary>The number of bytes before the first white space.</summary>
    internal static int FirstWordLength(ReadOnlySpan<byte> line)
    {
        var length = 0;
        while (length < line.Length && !Grammar.IsSpace(line[length]))
        {
            length++;
        }

        return length;
    }

    /// <summary>The number of white space bytes before anything else.</summary>
    internal static int LeadingSpaceLength(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        while (length < bytes.Length && Grammar.IsSpace(bytes[length]))
        {
            length++;
        }

        return length;
    }
}
