using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>
/// A small terminal emulator. It knows the sequences that the shell writes, and fails on any other. Its rows are unlimited,
/// so that <see cref="Width"/> shows a row that a terminal would wrap, until it is resized. It has its own table of widths.
/// </summary>
internal sealed partial class FakeTerminal
{
    // A cell is one column: a wide character is followed by an empty one.
    private readonly List<List<string>> rows =
    [
        [],
    ];
    private (int Row, int Column) cursor;
    private (int Row, int Column) savedCursor;

    /// <summary>The screen, without blanks at the ends of rows.</summary>
    internal string Text =>
        string.Join('\n', rows.Select(static row => string.Concat(row).TrimEnd())).TrimEnd('\n');

    internal int Column => cursor.Column;

    /// <summary>The columns of the widest row.</summary>
    internal int Width => rows.Max(static row => row.Count);

    internal static FakeTerminal Render(string output)
    {
        var terminal = new FakeTerminal();
        terminal.Write(output);
        return terminal;
    }

    /// <summary>The columns of a text, by the table of this terminal.</summary>
    internal static int WidthOf(string text) => Render(text).Column;

    internal void Write(string output)
    {
        foreach (Match sequence in Sequences().Matches(output))
        {
            Execute(sequence.Value);
        }
    }

    /// <summary>Wraps each row as a terminal does that became narrower.</summary>
    internal void Resize(int width)
    {
        var above = rows.Take(cursor.Row).Sum(row => RowCount(row, width));
        cursor = (above + (cursor.Column / width), cursor.Column % width);
        var wrapped = rows.SelectMany(row =>
                Enumerable
                    .Range(0, RowCount(row, width))
                    .Select(at => row.Skip(at * width).Take(width).ToList())
            )
            .ToList();
        rows.Clear();
        rows.AddRange(wrapped);
        MoveTo(cursor.Row, cursor.Column);
    }

    private static int RowCount(List<string> row, int width) => Math.Max(1, (row.Count + width - 1) / width);

    private void Execute(string sequence)
    {
        switch (sequence)
        {
            case "\r":
                MoveTo(cursor.Row, 0);
                break;
            case "\n":
                MoveTo(cursor.Row + 1, 0);
                break;
            case "\u001b[A":
                Assert.True(cursor.Row > 0, "The cursor left the screen.");
                MoveTo(cursor.Row - 1, cursor.Column);
                break;
            case "\u001b[J":
                rows.RemoveRange(cursor.Row + 1, rows.Count - cursor.Row - 1);
                EraseToEndOfLine();
                break;
            case "\u001b[K":
                EraseToEndOfLine();
                break;
            case "\u001b7":
                savedCursor = cursor;
                break;
            case "\u001b8":
                cursor = savedCursor;
                break;
            case "\u001b[H\u001b[2J":
                rows.Clear();
                MoveTo(0, 0);
                break;
            case "\a":
                break;
            default:
                Print(sequence);
                break;
        }
    }

    private void MoveTo(int row, int column)
    {
        while (rows.Count <= row)
        {
            rows.Add([]);
        }

        cursor = (row, column);
    }

    private void Print(string text)
    {
        if (ColorCode().IsMatch(text))
        {
            return;
        }

        Assert.DoesNotContain(text, char.IsControl);
        foreach (var rune in text.EnumerateRunes())
        {
            var width = WidthOf(rune);
            var row = rows[cursor.Row];
            if (width == 0 && cursor.Column > 0)
            {
                row[cursor.Column - 1] += rune.ToString();
            }
            else if (width > 0)
            {
                row.AddRange(Enumerable.Repeat(" ", Math.Max(0, cursor.Column + width - row.Count)));
                row[cursor.Column] = rune.ToString();
                row[cursor.Column + width - 1] = width > 1 ? "" : row[cursor.Column];
                cursor.Column += width;
            }
        }
    }

    // By Unicode's East Asian Width: Hangul, CJK, full-width forms and emoji are wide; marks and Hangul vowels join.
    private static int WidthOf(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format
            ? 0
            : rune.Value switch
            {
                >= 0x1160 and <= 0x11FF => 0,
                >= 0x1100 and <= 0x115F => 2,
                >= 0x2E80 and <= 0xA4CF => 2,
                >= 0xAC00 and <= 0xD7A3 => 2,
                >= 0xF900 and <= 0xFAFF => 2,
                >= 0xFF01 and <= 0xFF60 => 2,
                >= 0x1F300 and <= 0x1FAFF => 2,
                >= 0x20000 and <= 0x3FFFD => 2,
                _ => 1,
            };

    private void EraseToEndOfLine()
    {
        var row = rows[cursor.Row];
        row.RemoveRange(Math.Min(cursor.Column, row.Count), Math.Max(0, row.Count - cursor.Column));
    }

    [GeneratedRegex(
        @"\x1b\[H\x1b\[2J|\x1b\[[0-9]*[A-Za-z]|\x1b.|[\r\n\a]|[^\x1b\r\n\a]+",
        RegexOptions.Singleline | RegexOptions.NonBacktracking
    )]
    private static partial Regex Sequences();

    [GeneratedRegex(@"^\x1b\[[0-9]+m$", RegexOptions.NonBacktracking)]
    private static partial Regex ColorCode();
}
