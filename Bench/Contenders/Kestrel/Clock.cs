using TinyTcp.Core.Sessions;
using TinyTcp.Core.Wire;

namespace TinyTcp.Bench.Kestrel;

/// <summary>The time, rendered once a second: a batch costs no more than it does in the server that is compared.</summary>
internal sealed class Clock(TimeProvider provider)
{
    private readonly long start = provider.GetTimestamp();
    private Rendered rendered = new(-1, default);

    /// <summary>The time now.</summary>
    public Now Read()
    {
        var utc = provider.GetUtcNow();
        var second = utc.Ticks / TimeSpan.TicksPerSecond;
        var latest = rendered;
        if (latest.Second != second)
        {
            // Several threads may do so at once, to the same end.
            latest = new(second, Timestamp.From(TimeZoneInfo.ConvertTime(utc, provider.LocalTimeZone)));
            rendered = latest;
        }

        return new Now(provider.GetElapsedTime(start), latest.Wall);
    }

    private sealed record Rendered(long Second, Timestamp Wall);
}
