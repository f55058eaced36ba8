using System.Collections.Immutable;
using LanguageExt;
using TinyTcp.Cli.Statistics;

namespace TinyTcp.Cli.Probe;

/// <summary>
/// Times that were measured one after the other: each different one once, with how often it was, so that everything about
/// them is exact and an endless run stays small (see <see cref="TimePrecision"/>).
/// </summary>
internal sealed record Distribution
{
    private const long MinCountForJitter = 2;

    private Distribution() { }

    /// <summary>No times.</summary>
    internal static Distribution Empty { get; } = new();

    /// <summary>The shortest.</summary>
    internal Option<TimeSpan> Min => Counts.Keys.HeadOrNone();

    /// <summary>The one in the middle, or the lower of the two.</summary>
    internal Option<TimeSpan> Median => ValueAt(Percentile.P50);

    /// <summary>The mean.</summary>
    internal Option<TimeSpan> Mean => Count > 0 ? new TimeSpan(Sum.Ticks / Count) : Option<TimeSpan>.None;

    /// <summary>The one that nine in ten do not exceed; none of fewer than ten.</summary>
    internal Option<TimeSpan> P90 => ValueAt(Percentile.P90);

    /// <summary>The one that 99 in 100 do not exceed; none of fewer than a hundred.</summary>
    internal Option<TimeSpan> P99 => ValueAt(Percentile.P99);

    /// <summary>The longest.</summary>
    internal Option<TimeSpan> Max => ValueAt(Percentile.Max);

    /// <summary>The mean difference of two successive ones, whichever is longer; none of fewer than two.</summary>
    internal Option<TimeSpan> Jitter =>
        Count >= MinCountForJitter
            ? new TimeSpan(TotalDifference.Ticks / (Count - 1))
            : Option<TimeSpan>.None;

    private long Count { get; init; }

    private TimeSpan Sum { get; init; }

    private TimeSpan Last { get; init; }

    private TimeSpan TotalDifference { get; init; }

    private ImmutableSortedDictionary<TimeSpan, long> Counts { get; init; } =
        ImmutableSortedDictionary<TimeSpan, long>.Empty;

    /// <summary>One more.</summary>
    internal Distribution Add(TimeSpan time) =>
        new()
        {
            Count = Count + 1,
            Sum = Sum + time,
            Last = time,
            TotalDifference = Count == 0 ? TimeSpan.Zero : TotalDifference + (time - Last).Duration(),
            Counts = Counts.SetItem(time, Counts.GetValueOrDefault(time) + 1),
        };

    private Option<TimeSpan> ValueAt(Percentile percentile) =>
        percentile.RankIn(Count).Map(rank => Counts.First(some => (rank -= some.Value) <= 0).Key);
}
