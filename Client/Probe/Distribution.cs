using System.Collections.Immutable;
using LanguageExt;
using Spectre.Console;
using TinyTcp.Cli.Statistics;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Probe;

/// <summary>
/// The statistics of measured times. Percentiles come from a histogram and are at most 0.1 % above the exact value; the others
/// are exact.
/// </summary>
internal sealed class Distribution
{
    private readonly LatencyHistogram histogram = new();
    private TimeSpan min = TimeSpan.MaxValue;
    private TimeSpan max;
    private TimeSpan sum;
    private TimeSpan last;
    private TimeSpan differences;

    /// <summary>All statistics, by name.</summary>
    internal static ImmutableArray<(
        string Name,
        Func<Distribution, Option<TimeSpan>> Of
    )> Statistics { get; } =
    [
        ("min", static times => times.Min),
        ("median", static times => times.Median),
        ("mean", static times => times.IfMoreThan(0, static all => all.sum / all.Count)),
        ("p90", static times => times.ValueAt(Percentile.P90)),
        ("p99", static times => times.ValueAt(Percentile.P99)),
        ("max", static times => times.Max),
        ("jitter", static times => times.IfMoreThan(1, static all => all.differences / (all.Count - 1))),
    ];

    internal Option<TimeSpan> Min => IfMoreThan(0, static all => all.min);

    internal Option<TimeSpan> Median => AtMostMax(histogram.Median);

    internal Option<TimeSpan> Max => IfMoreThan(0, static all => all.max);

    private long Count => histogram.Count;

    /// <summary>How a time stands to the median.</summary>
    internal Style StyleOf(Option<TimeSpan> time) =>
        (
            from known in time
            from median in Median
            select Theme.LatencyStyle(known.Ticks, median.Ticks)
        ).IfNone(Style.Plain);

    internal void Add(TimeSpan time)
    {
        differences += Count == 0 ? TimeSpan.Zero : (time - last).Duration();
        histogram.Record(time.Ticks * TimeSpan.NanosecondsPerTick, 1);
        min = time < min ? time : min;
        max = time > max ? time : max;
        sum += time;
        last = time;
    }

    private Option<TimeSpan> ValueAt(Percentile percentile) => AtMostMax(histogram.ValueAt(percentile));

    private Option<TimeSpan> AtMostMax(Option<long> nanoseconds) =>
        nanoseconds.Map(known =>
            TimeSpan.FromTicks(Math.Min(known / TimeSpan.NanosecondsPerTick, max.Ticks))
        );

    private Option<TimeSpan> IfMoreThan(long count, Func<Distribution, TimeSpan> statistic) =>
        Count > count ? statistic(this) : Option<TimeSpan>.None;
}
