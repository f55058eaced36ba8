namespace TinyTcp.Cli.Terminals;

/// <summary>Text at the bottom of a terminal that is redrawn in place: a prompt, or the progress of a run.</summary>
/// <param name="output">The terminal.</param>
/// <param name="isEnabled">False where the output is no terminal that can move its cursor: then nothing is written.</param>
internal sealed class LiveText(TextWriter output, bool isEnabled)
{
    private const string EraseLine = "\r\u001b[K";
    private const string EraseToEndOfLine = "\u001b[K";
    private const string EraseToEndOfScreen = "\u001b[J";
    private const string CursorUp = "\u001b[A";
    private const string SaveCursor = "\u001b7";
    private const string RestoreCursor = "\u001b8";

    private int rowCount;
    private int cursorColumn;

    /// <summary>Replaces the text. Each row must be narrower than the terminal.</summary>
    internal void Show(string text) => Show(text, "", cursorColumn: 0, terminalWidth: int.MaxValue);

    /// <summary>
    /// Replaces the text and leaves the cursor inside it. Where the terminal became narrower, it has wrapped the old text;
    /// all of its rows are replaced.
    /// </summary>
    /// <param name="beforeCursor">The text up to the cursor.</param>
    /// <param name="afterCursor">The rest of the cursor's row.</param>
    /// <param name="cursorColumn">The cursor's column, to find the first row after the terminal was resized.</param>
    /// <param name="terminalWidth">The terminal's columns.</param>
    internal void Show(string beforeCursor, string afterCursor, int cursorColumn, int terminalWidth)
    {
        if (isEnabled)
        {
            var rows = beforeCursor.Split('\n');
            output.Write(FirstRow(terminalWidth) + string.Join($"{EraseToEndOfLine}\n", rows));
            if (rowCount > 0 || afterCursor.Length > 0)
            {
                output.Write($"{SaveCursor}{afterCursor}{EraseToEndOfScreen}{RestoreCursor}");
            }

            (rowCount, this.cursorColumn) = (rows.Length, cursorColumn);
        }
    }

    /// <summary>Erases the text, and keys that the terminal echoed after it.</summary>
    internal void Hide()
    {
        // Row by row: some terminals copy to their scrollback what is erased at once.
        output.Write(string.Join(CursorUp, Enumerable.Repeat(EraseLine, rowCount)));
        (rowCount, cursorColumn) = (0, 0);
    }

    /// <summary>Draws the next text over the cursor's row only: others may have written to the terminal meanwhile.</summary>
    internal void Forget() => (rowCount, cursorColumn) = (Math.Min(rowCount, 1), 0);

    private string FirstRow(int terminalWidth) =>
        rowCount == 0
            ? ""
            : string.Concat(Enumerable.Repeat(CursorUp, rowCount - 1 + (cursorColumn / terminalWidth)))
                + '\r';
}
