using LanguageExt;

namespace TinyTcp.Shell;

/// <summary>
/// The program's clock: the machine's, in a zone that may be another and at a moment that may stand still. Its
/// timestamps, by which deadlines are measured, are always the machine's.
/// </summary>
/// <param name="zone">The time zone; none for the machine's.</param>
/// <param name="frozen">The moment at which it stands still; none for the true time.</param>
internal sealed class ServerClock(Option<TimeZoneInfo> zone, Option<DateTimeOffset> frozen) : TimeProvider
{
    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone { get; } =
        frozen
            .Map(static moment =>
                TimeZoneInfo.CreateCustomTimeZone("frozen", moment.Offset, "frozen", "frozen")
            )
            .IfNone(zone.IfNone(TimeZoneInfo.Local));

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() =>
        frozen.Map(static moment => moment.ToUniversalTime()).IfNone(System.GetUtcNow());
}
