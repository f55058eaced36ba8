using System.Globalization;
using System.Text;
using Spectre.Console;

namespace TinyTcp.Cli.Terminals;

/// <summary>How many columns of a terminal a text takes, and the part of it that fits a width.</summary>
internal static class DisplayWidth
{
    private const int EmojiSelector = 0xFE0F;
    private const string Ellipsis = "...";

    /// <summary>Escapes control characters; unlike in <see cref="Sanitizer"/>, a backslash stays one backslash.</summary>
    internal static string SanitizeTyped(string text) =>
        Sanitizer.Sanitize(text).Replace(@"\\", @"\", StringComparison.Ordinal);

    /// <summary>The maximum columns of a printable text: terminals differ on joined characters and emoji.</summary>
    internal static int Of(string text) => text.EnumerateRunes().Sum(Of);

    private static int Of(Rune rune) =>
        rune.IsAscii
        || rune.Value == EmojiSelector
        || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpacingCombiningMark
            ? 1
            : Math.Max(0, rune.ToString().GetCellWidth());

    /// <summary>The longest start of a printable text that fits.</summary>
    internal static string TakeStart(string text, int columns) =>
        string.Concat(TakeFitting(TextElements.Split(text), columns));

    /// <summary>The longest end of a printable text that fits.</summary>
    internal static string TakeEnd(string text, int columns) =>
        string.Concat(TakeFitting(TextElements.Split(text).Reverse(), columns).Reverse());

    /// <summary>The text, with its end replaced by an ellipsis where it does not fit.</summary>
    internal static string Ellipsize(string text, int columns) =>
        Of(text) <= columns
            ? text
            : $"{TakeStart(text, columns - Ellipsis.Length)}{Ellipsis[..Math.Clamp(columns, 0, Ellipsis.Length)]}";

    /// <summary>The text, with its middle replaced by an ellipsis where it does not fit: for addresses, which end with a port.</summary>
    internal static string EllipsizeMiddle(string text, int columns)
    {
        var kept = columns - Ellipsis.Length;
        return Of(text) <= columns
            ? text
            : $"{TakeStart(text, kept - (kept / 2))}{Ellipsis[..Math.Clamp(columns, 0, Ellipsis.Length)]}{TakeEnd(text, kept / 2)}";
    }

    private static IEnumerable<string> TakeFitting(IEnumerable<string> elements, int columns)
    {
        var used = 0;
        return elements.TakeWhile(element => (used += Of(element)) <= columns);
    }
}
