using Spectre.Console;

namespace TinyTcp.Cli.Display;

/// <summary>
/// Characters as a terminal shows them: how they look, how many columns they take, and what of them fits, so that no terminal
/// has to break it.
/// </summary>
internal static class Columns
{
    private const int AsEmoji = 0xFE0F;
    private const string Cut = "...";

    /// <summary>A text without anything that a terminal would obey; a backslash stays one, since its user typed it.</summary>
    internal static string Shown(string text) =>
        Printable.Of(text).Replace(@"\\", @"\", StringComparison.Ordinal);

    /// <summary>
    /// How many columns a printable text takes, at most: terminals differ on what joins characters or makes them emoji, and
    /// the widest counts. So that of a text is the sum of its parts'.
    /// </summary>
    internal static int Of(string shown)
    {
        var columns = 0;
        foreach (var rune in shown.EnumerateRunes())
        {
            columns +=
                rune.IsAscii || rune.Value == AsEmoji ? 1 : Math.Max(0, rune.ToString().GetCellWidth());
        }

        return columns;
    }

    /// <summary>As much of the start of a printable text as fits.</summary>
    internal static string First(string shown, int columns) => First(TextElements.Of(shown), columns);

    /// <summary>As many of the first pieces as fit.</summary>
    internal static string First(IEnumerable<string> pieces, int columns) =>
        string.Concat(Fitting(pieces, columns));

    /// <summary>As much of its end as fits.</summary>
    internal static string Last(string shown, int columns) => Last(TextElements.Of(shown), columns);

    /// <summary>As many of the last pieces as fit.</summary>
    internal static string Last(IEnumerable<string> pieces, int columns) =>
        string.Concat(Fitting(pieces.Reverse(), columns).Reverse());

    /// <summary>All of it, or its start, marked as cut.</summary>
    internal static string Fit(string shown, int columns) =>
        Of(shown) <= columns
            ? shown
            : $"{First(shown, columns - Cut.Length)}{Cut[..Math.Clamp(columns, 0, Cut.Length)]}";

    /// <summary>All of it, or both ends: of an address, where it is and its port.</summary>
    internal static string FitEnds(string shown, int columns)
    {
        var room = columns - Cut.Length;
        return Of(shown) <= columns
            ? shown
            : $"{First(shown, room - (room / 2))}{Cut}{Last(shown, room / 2)}";
    }

    private static IEnumerable<string> Fitting(IEnumerable<string> pieces, int columns)
    {
        var used = 0;
        return pieces.TakeWhile(piece => (used += Of(piece)) <= columns);
    }
}
