namespace TinyTcp.Cli.Bench.Engine;

/// <summary>A monotonic clock in nanoseconds; it starts at 0.</summary>
internal sealed class LoadClock(TimeProvider time)
{
    private readonly long start = time.GetTimestamp();
    private readonly double nanosecondsPerTick = 1e9 / time.TimestampFrequency;

    internal long Now => (long)((time.GetTimestamp() - start) * nanosecondsPerTick);

    internal static long Nanoseconds(TimeSpan duration) => duration.Ticks * TimeSpan.NanosecondsPerTick;
}
