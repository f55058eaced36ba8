using System.Collections.Immutable;
using LanguageExt;

namespace TinyTcp.Cli.Probing;

/// <summary>
/// Times that were measured one after the other: each different one once, with how often it was, so that everything about
/// them is exact and an endless run stays small (see <see cref="Precision"/>).
/// </summary>
internal sealed record Spread
{
    private const long FewestForSteps = 2;

    private Spread() { }

    /// <summary>No times.</summary>
    internal static Spread Empty { get; } = new();

    /// <summary>The shortest.</summary>
    internal Option<TimeSpan> Min => Often.Keys.HeadOrNone();

    /// <summary>The one in the middle, or the lower of the two.</summary>
    internal Option<TimeSpan> Median => At(Percentile.P50);

    /// <summary>The mean.</summary>
    internal Option<TimeSpan> Mean => Count > 0 ? new TimeSpan(Sum.Ticks / Count) : Option<TimeSpan>.None;

    /// <summary>The one that nine in ten do not exceed; none of fewer than ten.</summary>
    internal Option<TimeSpan> P90 => At(Percentile.P90);

    /// <summary>The one that 99 in 100 do not exceed; none of fewer than a hundred.</summary>
    internal Option<TimeSpan> P99 => At(Percentile.P99);

    /// <summary>The longest.</summary>
    internal Option<TimeSpan> Max => At(Percentile.Max);

    /// <summary>The mean difference of two successive ones, whichever is longer; none of fewer than two.</summary>
    internal Option<TimeSpan> Jitter =>
        Count >= FewestForSteps ? new TimeSpan(Steps.Ticks / (Count - 1)) : Option<TimeSpan>.None;

    private long Count { get; init; }

    private TimeSpan Sum { get; init; }

    private TimeSpan Last { get; init; }

    private TimeSpan Steps { get; init; }

    private ImmutableSortedDictionary<TimeSpan, long> Often { get; init; } =
        ImmutableSortedDictionary<TimeSpan, long>.Empty;

    /// <summary>One more.</summary>
    internal Spread Add(TimeSpan time) =>
        new()
        {
            Count = Count + 1,
            Sum = Sum + time,
            Last = time,
            Steps = Count == 0 ? TimeSpan.Zero : Steps + (time - Last).Duration(),
            Often = Often.SetItem(time, Often.GetValueOrDefault(time) + 1),
        };

    private Option<TimeSpan> At(Percentile percentile) =>
        percentile.RankIn(Count).Map(rank => Often.First(some => (rank -= some.Value) <= 0).Key);
}
