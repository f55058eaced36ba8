using System.Collections.Immutable;

namespace TinyTcp.Cli.Statistics;

/// <summary>
/// The least of some values that so many of a thousand do not exceed: the nearest rank. It says something only where there
/// are enough of them that at least one is above it.
/// </summary>
/// <param name="Name">Its name, such as p99.9.</param>
/// <param name="PerMille">How many of a thousand: 1 to 1,000.</param>
/// <param name="MinCount">How few values it takes.</param>
internal sealed record Percentile(string Name, int PerMille, long MinCount)
{
    internal static Percentile P50 { get; } = new("p50", 500, 1);

    internal static Percentile P90 { get; } = new("p90", 900, 10);

    internal static Percentile P99 { get; } = new("p99", 990, 100);

    internal static Percentile P999 { get; } = new("p99.9", 999, 1_000);

    internal static Percentile Max { get; } = new("max", 1_000, 1);

    /// <summary>All of them, in order.</summary>
    internal static ImmutableArray<Percentile> Rows { get; } = [P50, P90, P99, P999, Max];

    /// <summary>Which of so many values it is, of the least first, from 1.</summary>
    /// <returns>None where there are too few.</returns>
    internal LanguageExt.Option<long> RankIn(long count) =>
        // As whole numbers: 0.99 has no end in binary, and a rank is not to depend on how it is rounded.
        count >= MinCount
            ? (long)((((Int128)count * PerMille) + 999) / 1_000)
            : LanguageExt.Option<long>.None;
}
