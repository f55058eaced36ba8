using System.Collections.Immutable;
using Spectre.Console;

namespace TinyTcp.Cli.Terminals;

/// <summary>A table of figures with names in its first row and its first column.</summary>
/// <param name="Rows">The rows, of the same length.</param>
internal sealed record FigureTable(ImmutableArray<ImmutableArray<FigureTable.Cell>> Rows)
{
    private const int Gap = 2;

    private int Width =>
        Enumerable
            .Range(0, Rows[0].Length)
            .Sum(column => Rows.Max(row => DisplayWidth.Of(row[column].Text)) + (column == 0 ? 0 : Gap));

    /// <summary>The table, with rows and columns exchanged where it does not fit.</summary>
    internal Grid ToGrid(int width)
    {
        var rows = Width <= width ? Rows : Transposed();
        var grid = new Grid();
        for (var at = 0; at < rows[0].Length; at++)
        {
            var column = new GridColumn().NoWrap().PadLeft(at == 0 ? 0 : Gap).PadRight(0);
            grid.AddColumn(at == 0 ? column : column.RightAligned());
        }

        foreach (var row in rows)
        {
            grid.AddRow([.. row.Select(static cell => new Text(cell.Text, cell.Style))]);
        }

        return grid;
    }

    private ImmutableArray<ImmutableArray<Cell>> Transposed() =>
        [
            .. Enumerable
                .Range(0, Rows[0].Length)
                .Select(column => Rows.Select(row => row[column]).ToImmutableArray()),
        ];

    /// <summary>A name or a figure.</summary>
    internal readonly record struct Cell(string Text, Style Style)
    {
        internal static Cell Name(string text) => new(text, Theme.Hint);
    }
}
