using System.Globalization;
using System.Text;

namespace TinyTcp.Cli.Display;

/// <summary>Where a text may be cut: between what people take for characters, never within a surrogate pair or before an accent.</summary>
internal static class TextElements
{
    /// <summary>The next place after one that is such a place.</summary>
    internal static int After(string text, int at) =>
        at >= text.Length ? text.Length : at + StringInfo.GetNextTextElementLength(text.AsSpan(at));

    /// <summary>The last place before a position; the start where there is none.</summary>
    internal static int Before(string text, int at)
    {
        if (Ascii.IsValid(text))
        {
            return Math.Max(0, at - 1);
        }

        var place = 0;
        for (var next = After(text, 0); next < at; next = After(text, next))
        {
            place = next;
        }

        return place;
    }

    /// <summary>The first place that is not before a position.</summary>
    internal static int NotBefore(string text, int at)
    {
        if (Ascii.IsValid(text))
        {
            return Math.Clamp(at, 0, text.Length);
        }

        var place = 0;
        while (place < at && place < text.Length)
        {
            place = After(text, place);
        }

        return place;
    }

    /// <summary>The pieces of a text between such places.</summary>
    internal static IEnumerable<string> Of(string text)
    {
        for (var at = 0; at < text.Length; at = After(text, at))
        {
            yield return text[at..After(text, at)];
        }
    }
}
