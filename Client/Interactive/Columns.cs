using System.Text;
using Spectre.Console;
using TinyTcp.Core;

namespace TinyTcp.Cli.Interactive;

/// <summary>Characters as a terminal shows them: how they look, and how many columns they take.</summary>
internal static class Columns
{
    private const int AsEmoji = 0xFE0F;

    /// <summary>A text without anything that a terminal would obey; a backslash stays one, since its user typed it.</summary>
    internal static string Shown(string text) =>
        Escape.ToPrintable(Encoding.UTF8.GetBytes(text)).Replace(@"\\", @"\", StringComparison.Ordinal);

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
    internal static string Fit(string shown, int columns)
    {
        var length = 0;
        for (var used = 0; length < shown.Length; )
        {
            var next = TextElements.After(shown, length);
            used += Of(shown[length..next]);
            if (used > columns)
            {
                break;
            }

            length = next;
        }

        return shown[..length];
    }
}
