namespace TinyTcp.Systems.Simulated;

/// <summary>Two clocks that stand still until they are moved: deadlines by <see cref="Monotonic"/>, TIME by the wall's.</summary>
internal sealed class VirtualTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2025, 9, 12, 22, 24, 13, TimeSpan.Zero);

    /// <summary>How far the wall clock has been set off from the monotonic one.</summary>
    public TimeSpan WallOffset { get; set; }

    /// <summary>The monotonic clock.</summary>
    public TimeSpan Monotonic { get; private set; }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone { get; } =
        TimeZoneInfo.CreateCustomTimeZone("-05", TimeSpan.FromHours(-5), "-05", "-05");

    /// <summary>Moves both clocks forward.</summary>
    public void MoveTo(TimeSpan uptime) => Monotonic = uptime;

    /// <inheritdoc/>
    public override long GetTimestamp() => Monotonic.Ticks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Start + Monotonic + WallOffset;
}
