using System.Text.RegularExpressions;
using TinyTcp.Cli.Display;
using TinyTcp.Cli.Interactive;
using Xunit;

namespace TinyTcp.Tests.Client.Interactive;

/// <summary>
/// A terminal in miniature: it knows the few sequences that the shell writes, and fails on any other. A row has no end,
/// so that a line that would wrap can be seen to be too long.
/// </summary>
internal sealed partial class Screen
{
    private readonly List<List<string>> rows =
    [
        [],
    ];
    private int column;
    private int kept;

    /// <summary>Whether the program has taken its keys over, and not given them back.</summary>
    internal bool IsTaken { get; private set; }

    /// <summary>What is seen, without blanks at the ends of rows.</summary>
    internal string Text =>
        string.Join('\n', rows.Select(static row => string.Concat(row).TrimEnd())).TrimEnd('\n');

    /// <summary>The column in which the cursor stands.</summary>
    internal int Column => column;

    /// <summary>The widest row.</summary>
    internal int Width => rows.Max(static row => row.Sum(Columns.Of));

    /// <summary>A screen after some output.</summary>
    internal static Screen After(string output)
    {
        var screen = new Screen();
        foreach (Match piece in Pieces().Matches(output))
        {
            screen.Obey(piece.Value);
        }

        return screen;
    }

    private void Obey(string piece)
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
                Cut();
                break;
            case "\u001b7":
                kept = column;
                break;
            case "\u001b8":
                column = kept;
                break;
            case KeyReading.Take or KeyReading.GiveBack:
                IsTaken = piece == KeyReading.Take;
                break;
            case "\u001b[H\u001b[2J":
                rows.Clear();
                rows.Add([]);
                column = 0;
                break;
            default:
                Put(piece);
                break;
        }
    }

    private void Put(string piece)
    {
        if (piece == "\a" || Colour().IsMatch(piece))
        {
            return;
        }

        Assert.DoesNotContain(piece, char.IsControl);
        foreach (var element in TextElements.Of(piece))
        {
            if (Columns.Of(element) == 0 && column > 0)
            {
                rows[^1][column - 1] += element;
                continue;
            }

            var rest = rows[^1][Math.Min(column, rows[^1].Count)..];
            Cut();
            rows[^1].Add(element);
            rows[^1].AddRange(Enumerable.Repeat("", Math.Max(0, Columns.Of(element) - 1)));
            rows[^1].AddRange(rest.Skip(Columns.Of(element)));
            column += Columns.Of(element);
        }
    }

    private void Cut() =>
        rows[^1].RemoveRange(Math.Min(column, rows[^1].Count), Math.Max(0, rows[^1].Count - column));

    [GeneratedRegex(
        @"\x1b\[H\x1b\[2J|(?:\x1b\[\?[0-9]+[hl])+\x1b[=>]|\x1b\[[0-9]*[A-Za-z]|\x1b.|[\r\n\a]|[^\x1b\r\n\a]+",
        RegexOptions.Singleline | RegexOptions.NonBacktracking
    )]
    private static partial Regex Pieces();

    [GeneratedRegex(@"^\x1b\[[0-9]+m$", RegexOptions.NonBacktracking)]
    private static partial Regex Colour();
}
