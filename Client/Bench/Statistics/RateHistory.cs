using System.Collections.Immutable;

namespace TinyTcp.Cli.Bench.Statistics;

/// <summary>
/// The replies of a whole run over time, in at most <see cref="MaxIntervals"/> intervals: when there are more, each two become
/// one. A short time, such as the rest at the end of a run, is added to the interval before it: its rate would be noise.
/// </summary>
internal sealed record RateHistory
{
    internal const int MaxIntervals = 256;

    /// <summary>The shortest time that is an interval of its own, in nanoseconds.</summary>
    internal const long MinInterval = 50_000_000;

    private ImmutableArray<Interval> Intervals { get; init; } = [];

    /// <summary>A shorter interval is not complete.</summary>
    private long CompleteNanoseconds { get; init; }

    /// <summary>Whether there are intervals to compare.</summary>
    internal bool HasSeveral => Intervals.Length > 1;

    /// <summary>The replies of all intervals.</summary>
    internal long Replies => Intervals.Sum(static interval => interval.Replies);

    /// <summary>The time of all intervals in nanoseconds.</summary>
    internal long Nanoseconds => Intervals.Sum(static interval => interval.Nanoseconds);

    /// <summary>Adds the replies of the time since the last call.</summary>
    /// <param name="nanoseconds">The time; more than 0.</param>
    /// <param name="replies">The replies.</param>
    internal RateHistory Add(long nanoseconds, long replies)
    {
        var added = new Interval(nanoseconds, replies);
        var next =
            Intervals is [.., var last]
            && (nanoseconds < MinInterval || last.Nanoseconds < CompleteNanoseconds)
                ? Intervals.SetItem(Intervals.Length - 1, last + added)
                : Intervals.Add(added);
        return next.Length <= MaxIntervals ? this with { Intervals = next } : Join(next);
    }

    /// <summary>The replies per second over time, in at most this many parts of the run.</summary>
    internal ImmutableArray<double> Rates(int count)
    {
        var parts = Math.Min(count, Intervals.Length);
        return
        [
            .. Enumerable
                .Range(0, parts)
                .Select(part => Sum(part * Intervals.Length / parts, (part + 1) * Intervals.Length / parts)),
        ];

        double Sum(int from, int to) =>
            Intervals[from..to].Aggregate(static (sum, interval) => sum + interval).Rate;
    }

    private RateHistory Join(ImmutableArray<Interval> intervals) =>
        this with
        {
            Intervals =
            [
                .. intervals
                    .Chunk(2)
                    .Select(static pair => pair.Aggregate(static (sum, interval) => sum + interval)),
            ],
            CompleteNanoseconds = intervals.Sum(static interval => interval.Nanoseconds) / (MaxIntervals / 2),
        };

    private readonly record struct Interval(long Nanoseconds, long Replies)
    {
        internal double Rate => Replies / (Nanoseconds / 1e9);

        public static Interval operator +(Interval first, Interval second) =>
            new(first.Nanoseconds + second.Nanoseconds, first.Replies + second.Replies);
    }
}
