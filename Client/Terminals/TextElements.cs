using System.Globalization;
using System.Text;

namespace TinyTcp.Cli.Terminals;

/// <summary>
/// Text elements (user-perceived characters), and the boundaries between them, where a text can be cut. The time that a search
/// takes depends on the elements beside the index, not on the text.
/// </summary>
internal static class TextElements
{
    internal static int NextBoundary(string text, int boundary) =>
        boundary + StringInfo.GetNextTextElementLength(text.AsSpan(boundary));

    /// <summary>The last boundary before an index, or 0.</summary>
    internal static int PreviousBoundary(string text, int index)
    {
        var boundary = index <= 0 ? 0 : CertainBoundary(text, index - 1);
        for (var next = boundary; next < index; next = NextBoundary(text, boundary))
        {
            boundary = next;
        }

        return boundary;
    }

    internal static int BoundaryAtOrAfter(string text, int index)
    {
        var boundary = CertainBoundary(text, index);
        while (boundary < index)
        {
            boundary = NextBoundary(text, boundary);
        }

        return boundary;
    }

    internal static IEnumerable<string> Split(string text)
    {
        for (var at = 0; at < text.Length; at = NextBoundary(text, at))
        {
            yield return text[at..NextBoundary(text, at)];
        }
    }

    /// <summary>The last index, not after the given one, that is a boundary whatever the text before it is.</summary>
    private static int CertainBoundary(string text, int index)
    {
        while (index > 0 && index < text.Length && !IsCertainBoundary(text, index))
        {
            index--;
        }

        return index;
    }

    private static bool IsCertainBoundary(string text, int index)
    {
        Rune.DecodeLastFromUtf16(text.AsSpan(0, index), out var last, out var length);
        Rune.DecodeFromUtf16(text.AsSpan(index), out _, out var nextLength);
        return !IsInsideElement(last)
            && !(char.IsLowSurrogate(text[index]) && char.IsHighSurrogate(text[index - 1]))
            && StringInfo.GetNextTextElementLength(text.AsSpan(index - length, length + nextLength))
                == length;
    }

    // What joins on both sides: the element may begin before it, and then include what follows it.
    private static bool IsInsideElement(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format;
}
