using System.Globalization;
using System.Text;

namespace TinyTcp.Cli.Terminals;

/// <summary>Where a text may be cut: between what people take for characters, never within a surrogate pair or before an accent.</summary>
internal static class TextElements
{
    /// <summary>The next place after one that is such a place.</summary>
    internal static int NextBoundary(string text, int index) =>
        index >= text.Length ? text.Length : index + StringInfo.GetNextTextElementLength(text.AsSpan(index));

    /// <summary>The last place before a position; the start where there is none.</summary>
    internal static int PreviousBoundary(string text, int index)
    {
        if (Ascii.IsValid(text))
        {
            return Math.Max(0, index - 1);
        }

        var place = 0;
        for (var next = NextBoundary(text, 0); next < index; next = NextBoundary(text, next))
        {
            place = next;
        }

        return place;
    }

    /// <summary>The first place that is not before a position.</summary>
    internal static int BoundaryAtOrAfter(string text, int index)
    {
        if (Ascii.IsValid(text))
        {
            return Math.Clamp(index, 0, text.Length);
        }

        var place = 0;
        while (place < index && place < text.Length)
        {
            place = NextBoundary(text, place);
        }

        return place;
    }

    /// <summary>The pieces of a text between such places.</summary>
    internal static IEnumerable<string> Split(string text)
    {
        for (var at = 0; at < text.Length; at = NextBoundary(text, at))
        {
            yield return text[at..NextBoundary(text, at)];
        }
    }
}
