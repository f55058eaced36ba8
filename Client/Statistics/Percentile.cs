using System.Collections.Immutable;
using LanguageExt;

namespace TinyTcp.Cli.Statistics;

/// <summary>A percentile by nearest rank: the smallest value that this share of all values does not exceed.</summary>
/// <param name="Name">Its name, such as p99.9.</param>
/// <param name="PerMille">The share in thousandths: 1 to 1,000.</param>
/// <param name="MinCount">The fewest values of which at least one is above the percentile.</param>
internal sealed record Percentile(string Name, int PerMille, long MinCount)
{
    internal static Percentile P50 { get; } = new("p50", 500, 1);

    internal static Percentile P90 { get; } = new("p90", 900, 10);

    internal static Percentile P99 { get; } = new("p99", 990, 100);

    internal static Percentile P999 { get; } = new("p99.9", 999, 1_000);

    internal static Percentile Max { get; } = new("max", 1_000, 1);

    /// <summary>All percentiles, in ascending order.</summary>
    internal static ImmutableArray<Percentile> Rows { get; } = [P50, P90, P99, P999, Max];

    /// <summary>The rank of the percentile among this many values; the smallest value has rank 1.</summary>
    /// <returns>None for fewer than <see cref="MinCount"/> values.</returns>
    internal Option<long> RankIn(long count) =>
        // In integers: 0.99 has no exact binary form.
        count >= MinCount
            ? (long)((((Int128)count * PerMille) + 999) / 1_000)
            : Option<long>.None;
}
