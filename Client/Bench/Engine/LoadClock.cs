namespace TinyTcp.Cli.Bench.Engine;

/// <summary>A clock in nanoseconds that only goes forward.</summary>
/// <param name="time">Whose it is.</param>
internal sealed class LoadClock(TimeProvider time)
{
    private readonly long nanosecondsPerTick = 1_000_000_000 / time.TimestampFrequency;

    /// <summary>What it shows.</summary>
    internal long Now => time.GetTimestamp() * nanosecondsPerTick;

    /// <summary>A length of time.</summary>
    internal static long Nanoseconds(TimeSpan time) =>
        time.Ticks * (1_000_000 / TimeSpan.TicksPerMillisecond);
}
