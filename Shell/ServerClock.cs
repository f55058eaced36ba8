using LanguageExt;

namespace TinyTcp.Shell;

/// <summary>
/// The program's clock: the machine's time in a chosen zone, or a fixed time. Its timestamps, which measure deadlines,
/// are always the machine's.
/// </summary>
/// <param name="zone">The time zone; none means the machine's.</param>
/// <param name="fixedTime">A fixed time, whose offset replaces the zone; none means the current time.</param>
/// <param name="machine">The machine's time zone.</param>
internal sealed class ServerClock(
    Option<TimeZoneInfo> zone,
    Option<DateTimeOffset> fixedTime,
    MachineTimeZone machine
) : TimeProvider
{
    private readonly Func<DateTimeOffset, TimeZoneInfo> zoneAt = (
        fixedTime.Map(static time =>
            TimeZoneInfo.CreateCustomTimeZone("fixed", time.Offset, "fixed", "fixed")
        ) || zone
    ).Match<Func<DateTimeOffset, TimeZoneInfo>>(Some: Always, None: () => machine.At);

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => zoneAt(GetUtcNow());

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() =>
        fixedTime.Map(static time => time.ToUniversalTime()).IfNone(System.GetUtcNow());

    private static Func<DateTimeOffset, TimeZoneInfo> Always(TimeZoneInfo zone) => _ => zone;
}
