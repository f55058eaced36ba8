using TinyTcp.Core.Sessions;
using TinyTcp.Core.Wire;

namespace TinyTcp.Server.EventLoops;

/// <summary>Reads the two clocks, and renders the wall clock anew only when its second has changed.</summary>
internal sealed class LoopClock(TimeProvider provider)
{
    private readonly long start = provider.GetTimestamp();
    private long second = -1;
    private Timestamp wall;

    /// <summary>The time now.</summary>
    public Now Read()
    {
        var utc = provider.GetUtcNow();
        if (utc.Ticks / TimeSpan.TicksPerSecond != second)
        {
            second = utc.Ticks / TimeSpan.TicksPerSecond;
            wall = Timestamp.From(TimeZoneInfo.ConvertTime(utc, provider.LocalTimeZone));
        }

        return new Now(provider.GetElapsedTime(start), wall);
    }
}
