using HdrHistogram;
using LanguageExt;
using TinyTcp.Cli.Statistics;

namespace TinyTcp.Cli.Bench.Statistics;

/// <summary>
/// Figures of latencies in nanoseconds: never less than the true ones, and more by at most
/// <see cref="TinyTcp.Cli.Bench.Engine.LatencyHistogram.Resolution"/> of them.
/// </summary>
internal static class HistogramStatistics
{
    /// <summary>A percentile.</summary>
    /// <returns>None where too few were counted.</returns>
    internal static Option<long> ValueIn(this Percentile percentile, HistogramBase latencies) =>
        percentile
            .RankIn(latencies.TotalCount)
            .Map(rank =>
                latencies.HighestEquivalentValue(
                    latencies
                        .RecordedValues()
                        .First(cell => cell.TotalCountToThisValue >= rank)
                        .ValueIteratedTo
                )
            );

    /// <summary>The mean.</summary>
    /// <returns>None where nothing was counted.</returns>
    internal static Option<long> MeanOf(HistogramBase latencies)
    {
        Int128 sum = 0;
        foreach (var cell in latencies.RecordedValues())
        {
            sum +=
                (Int128)latencies.HighestEquivalentValue(cell.ValueIteratedTo)
                * cell.CountAddedInThisIterationStep;
        }

        return latencies.TotalCount == 0 ? Option<long>.None : (long)(sum / latencies.TotalCount);
    }
}
