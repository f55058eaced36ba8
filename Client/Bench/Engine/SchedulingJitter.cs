using TinyTcp.Cli.Statistics;

namespace TinyTcp.Cli.Bench.Engine;

/// <summary>How long the machine interrupts a thread. A single latency below that may be the machine's, not the server's.</summary>
internal static class SchedulingJitter
{
    /// <summary>Reads the clock in a loop on this thread, for a time or until it is cancelled.</summary>
    /// <returns>The times between two reads.</returns>
    internal static LatencyHistogram Measure(
        LoadClock clock,
        TimeSpan duration,
        CancellationToken cancellationToken
    )
    {
        var gaps = new LatencyHistogram();
        var last = clock.Now;
        var end = last + LoadClock.Nanoseconds(duration);
        while (last < end && !cancellationToken.IsCancellationRequested)
        {
            var now = clock.Now;
            gaps.Record(now - last, 1);
            last = now;
        }

        return gaps;
    }
}
