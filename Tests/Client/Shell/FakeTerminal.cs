using System.Text.RegularExpressions;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Cli.Terminals;
using Xunit;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>
/// A terminal in miniature: it knows the few sequences that the shell writes, and fails on any other. A row has no end,
/// so that a line that would wrap can be seen to be too long.
/// </summary>
internal sealed partial class FakeTerminal
{
    private readonly List<List<string>> rows =
    [
        [],
    ];
    private int column;
    private int savedColumn;

    /// <summary>Whether the program has taken its keys over, and not given them back.</summary>
    internal bool HasEnabledModes { get; private set; }

    /// <summary>What is seen, without blanks at the ends of rows.</summary>
    internal string Text =>
        string.Join('\n', rows.Select(static row => string.Concat(row).TrimEnd())).TrimEnd('\n');

    /// <summary>The column in which the cursor stands.</summary>
    internal int Column => column;

    /// <summary>The widest row.</summary>
    internal int Width => rows.Max(static row => row.Sum(DisplayWidth.Of));

    /// <summary>A screen after some output.</summary>
    internal static FakeTerminal Render(string output)
    {
        var screen = new FakeTerminal();
        foreach (Match piece in Sequences().Matches(output))
        {
            screen.Execute(piece.Value);
        }

        return screen;
    }

    private void Execute(string piece)
    {
        switch (piece)
        {
            case "\r":
                column = 0;
                break;
            case "\n":
                rows.Add([]);
                column = 0;
                break;
            case "\u001b[K":
                EraseToEnd();
                break;
            case "\u001b7":
                savedColumn = column;
                break;
            case "\u001b8":
                column = savedColumn;
                break;
            case KeyDecoder.EnableModes or KeyDecoder.DisableModes:
                HasEnabledModes = piece == KeyDecoder.EnableModes;
                break;
            case "\u001b[H\u001b[2J":
                rows.Clear();
                rows.Add([]);
                column = 0;
                break;
            default:
                Write(piece);
                break;
        }
    }

    private void Write(string piece)
    {
        if (piece == "\a" || ColorCode().IsMatch(piece))
        {
            return;
        }

        Assert.DoesNotContain(piece, char.IsControl);
        foreach (var element in TextElements.Split(piece))
        {
            if (DisplayWidth.Of(element) == 0 && column > 0)
            {
                rows[^1][column - 1] += element;
                continue;
            }

            var rest = rows[^1][Math.Min(column, rows[^1].Count)..];
            EraseToEnd();
            rows[^1].Add(element);
            rows[^1].AddRange(Enumerable.Repeat("", Math.Max(0, DisplayWidth.Of(element) - 1)));
            rows[^1].AddRange(rest.Skip(DisplayWidth.Of(element)));
            column += DisplayWidth.Of(element);
        }
    }

    private void EraseToEnd() =>
        rows[^1].RemoveRange(Math.Min(column, rows[^1].Count), Math.Max(0, rows[^1].Count - column));

    [GeneratedRegex(
        @"\x1b\[H\x1b\[2J|(?:\x1b\[\?[0-9]+[hl])+\x1b[=>]|\x1b\[[0-9]*[A-Za-z]|\x1b.|[\r\n\a]|[^\x1b\r\n\a]+",
        RegexOptions.Singleline | RegexOptions.NonBacktracking
    )]
    private static partial Regex Sequences();

    [GeneratedRegex(@"^\x1b\[[0-9]+m$", RegexOptions.NonBacktracking)]
    private static partial Regex ColorCode();
}
