using System;

namespace TinyTcp.Core.Wire;

/// <summary>Cutting a line into its first word and the rest (F-2). Slices only: nothing is copied.</summary>
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

    /// <summary>How many bytes stand before the first white space.</summary>
    internal static int FirstWordLength(ReadOnlySpan<byte> trimmed)
    {
        var length = 0;
        while (length < trimmed.Length && !Grammar.IsSpace(trimmed[length]))
        {
            length++;
        }

        return length;
    }
}
