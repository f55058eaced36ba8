using System.Globalization;
using System.Text;

namespace TinyTcp.Cli.Terminals;

/// <summary>Text elements (user-perceived characters), and the boundaries between them, where a text can be cut.</summary>
internal static class TextElements
{
    internal static int NextBoundary(string text, int boundary) =>
        boundary + StringInfo.GetNextTextElementLength(text.AsSpan(boundary));

    /// <summary>The last boundary before an index, or 0.</summary>
    internal static int PreviousBoundary(string text, int index) =>
        Ascii.IsValid(text) ? Math.Max(0, index - 1) : Boundaries(text).LastOrDefault(at => at < index);

    internal static int BoundaryAtOrAfter(string text, int index) =>
        Ascii.IsValid(text) ? index : Boundaries(text).First(at => at >= index);

    internal static IEnumerable<string> Split(string text)
    {
        for (var at = 0; at < text.Length; at = NextBoundary(text, at))
        {
            yield return text[at..NextBoundary(text, at)];
        }
    }

    private static IEnumerable<int> Boundaries(string text) =>
        StringInfo.ParseCombiningCharacters(text).Append(text.Length);
}
