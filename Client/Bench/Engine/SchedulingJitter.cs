using HdrHistogram;

namespace TinyTcp.Cli.Bench.Engine;

/// <summary>
/// What the machine takes away from a thread that wants nothing but to look at the clock: shorter latencies than its gaps are
/// not to be believed one by one.
/// </summary>
/// <param name="Gaps">Nanoseconds between two looks.</param>
internal sealed record SchedulingJitter(HistogramBase Gaps)
{
    /// <summary>Looks at the clock for a while, on this thread; no longer than it is wanted.</summary>
    internal static SchedulingJitter Measure(
        LoadClock clock,
        TimeSpan duration,
        CancellationToken cancellationToken
    )
    {
        var gaps = LatencyHistogram.Create();
        var last = clock.Now;
        for (
            var end = last + LoadClock.Nanoseconds(duration);
            last < end && !cancellationToken.IsCancellationRequested;

        )
        {
            var now = clock.Now;
            gaps.Record(now - last, 1);
            last = now;
        }

        return new SchedulingJitter(gaps);
    }
}
