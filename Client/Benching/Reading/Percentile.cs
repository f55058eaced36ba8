using System.Collections.Immutable;
using HdrHistogram;

namespace TinyTcp.Cli.Benching.Reading;

/// <summary>The least latency that so many of a thousand do not exceed: the nearest rank.</summary>
/// <param name="Name">Its name, such as p99.9.</param>
/// <param name="PerMille">How many of a thousand: 1 to 1,000.</param>
internal sealed record Percentile(string Name, int PerMille)
{
    /// <summary>Those that are shown, in order.</summary>
    internal static ImmutableArray<Percentile> Rows { get; } =
    [new("p50", 500), new("p90", 900), new("p99", 990), new("p99.9", 999), new("max", 1_000)];

    /// <summary>
    /// Reads it: never less than the true one, and more by at most <see cref="Looping.Latencies.Resolution"/> of it.
    /// </summary>
    /// <returns>Nanoseconds; 0 where nothing was counted.</returns>
    internal long Of(HistogramBase latencies)
    {
        // As whole numbers: 0.99 has no end in binary, and a rank is not to depend on how it is rounded.
        var rank = (long)((((Int128)latencies.TotalCount * PerMille) + 999) / 1_000);
        foreach (var cell in latencies.RecordedValues())
        {
            if (cell.TotalCountToThisValue >= rank)
            {
                return latencies.HighestEquivalentValue(cell.ValueIteratedTo);
            }
        }

        return 0;
    }

    /// <summary>The mean, within the same bounds.</summary>
    /// <returns>Nanoseconds; 0 where nothing was counted.</returns>
    internal static long MeanOf(HistogramBase latencies)
    {
        Int128 sum = 0;
        foreach (var cell in latencies.RecordedValues())
        {
            sum +=
                (Int128)latencies.HighestEquivalentValue(cell.ValueIteratedTo)
                * cell.CountAddedInThisIterationStep;
        }

        return latencies.TotalCount == 0 ? 0 : (long)(sum / latencies.TotalCount);
    }
}
