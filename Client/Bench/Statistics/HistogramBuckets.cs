using System.Collections.Immutable;
using HdrHistogram;

namespace TinyTcp.Cli.Bench.Statistics;

/// <summary>One row of a histogram for people.</summary>
/// <param name="UpperBound">Nanoseconds: latencies up to here, and over the row's before it.</param>
/// <param name="Count">How many there are.</param>
/// <param name="BarLength">How long its bar is.</param>
internal sealed record HistogramBucket(long UpperBound, long Count, int BarLength);

/// <summary>Latencies as bars: rows at 1, 2 and 5 of each power of ten, from the first that holds one to the last.</summary>
internal static class HistogramBuckets
{
    /// <summary>The bars; the longest is as long as there is room.</summary>
    /// <param name="latencies">The latencies.</param>
    /// <param name="maxBarLength">The length of the longest.</param>
    /// <param name="maxBuckets">The most rows: the first ones are put together where there are more.</param>
    internal static ImmutableArray<HistogramBucket> Create(
        HistogramBase latencies,
        int maxBarLength,
        int maxBuckets
    )
    {
        var rows = CountBuckets(latencies);
        var surplus = Math.Max(0, rows.Length - maxBuckets);
        var kept =
            surplus == 0
                ? rows
                :
                [
                    (rows[surplus].UpTo, rows.Take(surplus + 1).Sum(static row => row.Count)),
                    .. rows.Skip(surplus + 1),
                ];
        var longest = kept.Select(static row => row.Count).DefaultIfEmpty(1).Max();
        return
        [
            .. kept.Select(row => new HistogramBucket(
                row.UpTo,
                row.Count,
                BarLengthOf(row.Count, longest, maxBarLength)
            )),
        ];
    }

    private static ImmutableArray<(long UpTo, long Count)> CountBuckets(HistogramBase latencies)
    {
        var counts = new SortedDictionary<int, long>();
        foreach (var cell in latencies.RecordedValues())
        {
            var row = IndexOf(cell.ValueIteratedTo);
            counts[row] = counts.GetValueOrDefault(row) + cell.CountAddedInThisIterationStep;
        }

        return counts.Count == 0
            ? []
            :
            [
                .. Enumerable
                    .Range(counts.Keys.First(), counts.Keys.Last() - counts.Keys.First() + 1)
                    .Select(row => (UpperBoundOf(row), counts.GetValueOrDefault(row))),
            ];
    }

    private static int IndexOf(long nanoseconds)
    {
        var row = 0;
        while (UpperBoundOf(row) < nanoseconds)
        {
            row++;
        }

        return row;
    }

    /// <summary>1, 2, 5, 10, 20, 50 and so on.</summary>
    private static long UpperBoundOf(int row)
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
    private static int BarLengthOf(long count, long maxCount, int maxBarLength) =>
        count == 0 ? 0 : Math.Max(1, (int)((Int128)count * maxBarLength / maxCount));
}
