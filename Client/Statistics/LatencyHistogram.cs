using System.Collections.Immutable;
using HdrHistogram;
using LanguageExt;

namespace TinyTcp.Cli.Statistics;

/// <summary>
/// A histogram of latencies in nanoseconds. A statistic is never below the exact value and at most <see cref="Resolution"/>
/// of it above. Latencies over <see cref="MaxNanoseconds"/> count as that maximum.
/// </summary>
internal sealed class LatencyHistogram
{
    /// <summary>The relative width of a bucket.</summary>
    internal const double Resolution = 1.0 / 1024;

    /// <summary>Half an hour. From 2^41 ns on, HdrHistogram computes the bounds of a bucket wrongly.</summary>
    internal const long MaxNanoseconds = 1_800_000_000_000;

    private const string MinName = "min";
    private const string MeanName = "mean";

    /// <summary>The name of the standard deviation.</summary>
    internal const string DeviationName = "stdev";

    private const int SignificantDigits = 3;

    private readonly LongHistogram histogram = new(MaxNanoseconds, SignificantDigits);

    /// <summary>The names of all statistics.</summary>
    internal static ImmutableArray<string> StatisticNames { get; } =
    [MinName, .. Percentile.Rows.Select(static row => row.Name), MeanName, DeviationName];

    /// <summary>The fewest latencies that have a statistic.</summary>
    /// <param name="statistic">One of <see cref="StatisticNames"/>.</param>
    internal static long MinCountOf(string statistic) =>
        Percentile
            .Rows.Where(row => row.Name == statistic)
            .Select(static row => row.MinCount)
            .FirstOrDefault(statistic == DeviationName ? 2 : 1);

    /// <summary>The number of recorded latencies.</summary>
    internal long Count => histogram.TotalCount;

    /// <summary>The buckets that are not empty: the highest value of each, and how many latencies it holds.</summary>
    internal IEnumerable<(long Value, long Count)> Buckets =>
        histogram
            .RecordedValues()
            .Select(bucket =>
                (
                    histogram.HighestEquivalentValue(bucket.ValueIteratedTo),
                    bucket.CountAddedInThisIterationStep
                )
            );

    /// <summary>The minimum.</summary>
    internal Option<long> Min => Count == 0 ? Option<long>.None : Buckets.First().Value;

    /// <summary>The standard deviation.</summary>
    internal Option<long> StandardDeviation =>
        Count < 2 ? Option<long>.None : (long)histogram.GetStdDeviation();

    /// <summary>The mean.</summary>
    internal Option<long> Mean =>
        Count == 0
            ? Option<long>.None
            : (long)(
                Buckets.Aggregate(
                    Int128.Zero,
                    static (sum, bucket) => sum + ((Int128)bucket.Value * bucket.Count)
                ) / Count
            );

    /// <summary>Records a latency a number of times.</summary>
    internal void Record(long nanoseconds, long count) =>
        histogram.RecordValueWithCount(Math.Clamp(nanoseconds, 0, MaxNanoseconds), count);

    /// <summary>Makes this a copy of a histogram that another thread may be recording to: some of its latest values may be missing.</summary>
    internal void CopyFrom(LatencyHistogram other)
    {
        histogram.Reset();
        histogram.Add(other.histogram);
    }

    /// <summary>A statistic by its name.</summary>
    /// <returns>None for too few latencies.</returns>
    internal Option<long> ValueOf(string statistic) =>
        statistic switch
        {
            MinName => Min,
            MeanName => Mean,
            DeviationName => StandardDeviation,
            _ => ValueAt(Percentile.Rows.First(row => row.Name == statistic)),
        };

    /// <summary>A percentile.</summary>
    /// <returns>None for too few latencies.</returns>
    internal Option<long> ValueAt(Percentile percentile) => percentile.RankIn(Count).Map(ValueAtRank);

    /// <summary>The median: the middle of the two values in the middle of an even number.</summary>
    internal Option<long> Median =>
        Count == 0 ? Option<long>.None : (ValueAtRank((Count + 1) / 2) + ValueAtRank((Count / 2) + 1)) / 2;

    private long ValueAtRank(long rank) => Buckets.First(bucket => (rank -= bucket.Count) <= 0).Value;

    /// <summary>The shortest latency in the same bucket.</summary>
    internal long LowestEquivalent(long nanoseconds) =>
        histogram.LowestEquivalentValue(Math.Clamp(nanoseconds, 0, MaxNanoseconds));
}
