using System.Collections.Immutable;
using TinyTcp.Cli.Statistics;

namespace TinyTcp.Cli.Bench.Statistics;

/// <summary>The latencies up to a value and above the value of the bin before.</summary>
/// <param name="MaxNanoseconds">The value.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct LatencyBin(long MaxNanoseconds, long Count)
{
    /// <summary>Divides latencies into bins whose bounds grow by the same factor, from the minimum to the maximum.</summary>
    /// <param name="latencies">The latencies.</param>
    /// <param name="count">The number of bins, at least 1; fewer for latencies that are almost alike.</param>
    internal static ImmutableArray<LatencyBin> Divide(LatencyHistogram latencies, int count)
    {
        var buckets = latencies.Buckets.ToList();
        if (buckets.Count == 0)
        {
            return [];
        }

        var (min, max) = (Math.Max(1, buckets[0].Value), Math.Max(1, buckets[^1].Value));
        var bounds = Enumerable
            .Range(1, count)
            .Select(bin =>
                bin == count ? max : (long)(min * Math.Pow((double)max / min, (double)bin / count))
            )
            .Distinct()
            .ToList();
        return
        [
            .. bounds.Select(
                (bound, bin) =>
                    new LatencyBin(
                        bound,
                        buckets
                            .Where(bucket =>
                                bucket.Value <= bound && (bin == 0 || bucket.Value > bounds[bin - 1])
                            )
                            .Sum(static bucket => bucket.Count)
                    )
            ),
        ];
    }
}
