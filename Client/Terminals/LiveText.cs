using System.Text.RegularExpressions;

namespace TinyTcp.Cli.Terminals;

/// <summary>Text at the bottom of a terminal that is redrawn in place: a prompt, or the progress of a run.</summary>
/// <param name="output">The terminal.</param>
/// <param name="isEnabled">False where the output is no terminal that can move its cursor: then nothing is written.</param>
internal sealed partial class LiveText(TextWriter output, bool isEnabled)
{
    private const string EraseToEndOfLine = "\u001b[K";
    private const string EraseToEndOfScreen = "\u001b[J";
    private const string CursorUp = "\u001b[A";

    // The columns of each row, and the cursor's row.
    private int[] rowWidths = [];
    private int cursorRow;
    private int cursorColumn;

    /// <summary>Replaces the text. Each row must be narrower than the terminal.</summary>
    /// <param name="text">The rows, with styles.</param>
    /// <param name="terminalWidth">The terminal's columns.</param>
    internal void Show(string text, int terminalWidth) => Show(text, "", terminalWidth);

    /// <summary>
    /// Replaces the text and leaves the cursor inside it. Where the terminal became narrower, it has wrapped the old text;
    /// all of its rows are replaced. The text before the cursor is drawn twice: so the cursor is right even if the terminal has
    /// other widths of characters.
    /// </summary>
    internal void Show(string beforeCursor, string afterCursor, int terminalWidth)
    {
        if (!isEnabled)
        {
            return;
        }

        var rows = (beforeCursor + afterCursor).Split('\n');
        var redrawn = afterCursor.Length == 0 ? "" : $"{Up(rows.Length - 1)}\r{beforeCursor}";
        output.Write(
            $"{FirstRow(terminalWidth)}{string.Join($"{EraseToEndOfLine}\n", rows)}{EraseToEndOfScreen}{redrawn}"
        );
        rowWidths = [.. rows.Select(WidthOf)];
        var before = beforeCursor.Split('\n');
        (cursorRow, cursorColumn) = (before.Length - 1, WidthOf(before[^1]));
    }

    /// <summary>Erases the text, and keys that the terminal echoed after it.</summary>
    internal void Hide()
    {
        if (rowWidths.Length > 0)
        {
            // Row by row: some terminals copy to their scrollback what is erased at once.
            var erased = string.Join('\n', rowWidths.Select(static _ => EraseToEndOfLine));
            output.Write($"{Up(cursorRow)}\r{erased}{Up(rowWidths.Length - 1)}");
        }

        (rowWidths, cursorRow, cursorColumn) = ([], 0, 0);
    }

    /// <summary>Draws the next text over the cursor's row only: others may have written to the terminal meanwhile.</summary>
    internal void Forget() =>
        (rowWidths, cursorRow, cursorColumn) = ([.. rowWidths.Take(1).Select(static _ => 0)], 0, 0);

    private string FirstRow(int terminalWidth) =>
        rowWidths.Length == 0
            ? ""
            : $"{Up(rowWidths.Take(cursorRow).Sum(width => 1 + (Math.Max(0, width - 1) / terminalWidth)) + (cursorColumn / terminalWidth))}\r";

    private static string Up(int rows) => string.Concat(Enumerable.Repeat(CursorUp, rows));

    private static int WidthOf(string row) => DisplayWidth.Of(Style().Replace(row, ""));

    [GeneratedRegex(@"\e\[[0-9;]*m", RegexOptions.None, 1_000)]
    private static partial Regex Style();
}
