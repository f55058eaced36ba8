namespace TinyTcp.Systems.Simulated;

/// <summary>A monotonic clock and a wall clock that only a test moves.</summary>
public sealed class VirtualTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2025, 9, 12, 22, 24, 13, TimeSpan.Zero);

    /// <summary>How far the wall clock is ahead of the monotonic one.</summary>
    public TimeSpan WallOffset { get; set; }

    /// <summary>The monotonic clock, from 0.</summary>
    public TimeSpan Monotonic { get; private set; }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone { get; } =
        TimeZoneInfo.CreateCustomTimeZone("-05", TimeSpan.FromHours(-5), "-05", "-05");

    /// <summary>Moves both clocks.</summary>
    /// <param name="monotonic">The monotonic time to move to.</param>
    /// <exception cref="ArgumentOutOfRangeException">It lies in the past.</exception>
    public void MoveTo(TimeSpan monotonic)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(monotonic, Monotonic);
        Monotonic = monotonic;
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => Monotonic.Ticks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Start + Monotonic + WallOffset;
}
