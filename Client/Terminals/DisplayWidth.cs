using Spectre.Console;

namespace TinyTcp.Cli.Terminals;

/// <summary>
/// Characters as a terminal shows them: how they look, how many columns they take, and what of them fits, so that no terminal
/// has to break it.
/// </summary>
internal static class DisplayWidth
{
    private const int EmojiSelector = 0xFE0F;
    private const string Ellipsis = "...";

    /// <summary>A text without anything that a terminal would obey; a backslash stays one, since its user typed it.</summary>
    internal static string SanitizeTyped(string text) =>
        Sanitizer.Sanitize(text).Replace(@"\\", @"\", StringComparison.Ordinal);

    /// <summary>
    /// How many columns a printable text takes, at most: terminals differ on what joins characters or makes them emoji, and
    /// the widest counts. So that of a text is the sum of its parts'.
    /// </summary>
    internal static int Of(string text)
    {
        var columns = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            columns +=
                rune.IsAscii || rune.Value == EmojiSelector ? 1 : Math.Max(0, rune.ToString().GetCellWidth());
        }

        return columns;
    }

    /// <summary>As much of the start of a printable text as fits.</summary>
    internal static string TakeStart(string text, int columns) =>
        TakeStart(TextElements.Split(text), columns);

    /// <summary>As many of the first pieces as fit.</summary>
    internal static string TakeStart(IEnumerable<string> pieces, int columns) =>
        string.Concat(TakeFitting(pieces, columns));

    /// <summary>As much of its end as fits.</summary>
    internal static string TakeEnd(string text, int columns) => TakeEnd(TextElements.Split(text), columns);

    /// <summary>As many of the last pieces as fit.</summary>
    internal static string TakeEnd(IEnumerable<string> pieces, int columns) =>
        string.Concat(TakeFitting(pieces.Reverse(), columns).Reverse());

    /// <summary>All of it, or its start, marked as cut.</summary>
    internal static string Ellipsize(string text, int columns) =>
        Of(text) <= columns
            ? text
            : $"{TakeStart(text, columns - Ellipsis.Length)}{Ellipsis[..Math.Clamp(columns, 0, Ellipsis.Length)]}";

    /// <summary>All of it, or both ends: of an address, where it is and its port.</summary>
    internal static string EllipsizeMiddle(string text, int columns)
    {
        var room = columns - Ellipsis.Length;
        return Of(text) <= columns
            ? text
            : $"{TakeStart(text, room - (room / 2))}{Ellipsis}{TakeEnd(text, room / 2)}";
    }

    private static IEnumerable<string> TakeFitting(IEnumerable<string> pieces, int columns)
    {
        var used = 0;
        return pieces.TakeWhile(piece => (used += Of(piece)) <= columns);
    }
}
