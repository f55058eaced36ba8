using System.Collections.Immutable;
using HdrHistogram;

namespace TinyTcp.Cli.Benching.Reading;

/// <summary>One row of a histogram for people.</summary>
/// <param name="UpTo">Nanoseconds: latencies up to here, and over the row's before it.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Length">How long its bar is.</param>
internal sealed record Bar(long UpTo, long Count, int Length);

/// <summary>Latencies as bars: rows at 1, 2 and 5 of each power of ten, from the first that holds one to the last.</summary>
internal static class Bars
{
    /// <summary>The bars; the longest is as long as there is room.</summary>
    /// <param name="latencies">The latencies.</param>
    /// <param name="room">The length of the longest.</param>
    /// <param name="most">The most rows: the first ones are put together where there are more.</param>
    internal static ImmutableArray<Bar> Of(HistogramBase latencies, int room, int most)
    {
        var rows = Rows(latencies);
        var surplus = Math.Max(0, rows.Length - most);
        var kept =
            surplus == 0
                ? rows
                :
                [
                    (rows[surplus].UpTo, rows.Take(surplus + 1).Sum(static row => row.Count)),
                    .. rows.Skip(surplus + 1),
                ];
        var longest = kept.Select(static row => row.Count).DefaultIfEmpty(1).Max();
        return [.. kept.Select(row => new Bar(row.UpTo, row.Count, LengthOf(row.Count, longest, room)))];
    }

    private static ImmutableArray<(long UpTo, long Count)> Rows(HistogramBase latencies)
    {
        var counts = new SortedDictionary<int, long>();
        foreach (var cell in latencies.RecordedValues())
        {
            var row = RowOf(cell.ValueIteratedTo);
            counts[row] = counts.GetValueOrDefault(row) + cell.CountAddedInThisIterationStep;
        }

        return counts.Count == 0
            ? []
            :
            [
                .. Enumerable
                    .Range(counts.Keys.First(), counts.Keys.Last() - counts.Keys.First() + 1)
                    .Select(row => (Edge(row), counts.GetValueOrDefault(row))),
            ];
    }

    private static int RowOf(long nanoseconds)
    {
        var row = 0;
        while (Edge(row) < nanoseconds)
        {
            row++;
        }

        return row;
    }

    /// <summary>1, 2, 5, 10, 20, 50 and so on.</summary>
    private static long Edge(int row)
    {
        var edge = (row % 3) switch
        {
            0 => 1L,
            1 => 2L,
            _ => 5L,
        };
        for (; row >= 3; row -= 3)
        {
            edge *= 10;
        }

        return edge;
    }

    // Whatever is there at all is seen.
    private static int LengthOf(long count, long longest, int room) =>
        count == 0 ? 0 : Math.Max(1, (int)((Int128)count * room / longest));
}
