using TinyTcp.Core.Sessions;

namespace TinyTcp.Server.Connections;

/// <summary>A loop's clocks: monotonic time since its creation, and local time.</summary>
internal sealed class LoopClock(TimeProvider provider)
{
    private readonly long start = provider.GetTimestamp();
    private DateTimeOffset wall;

    /// <summary>The monotonic time.</summary>
    public TimeSpan Monotonic => provider.GetElapsedTime(start);

    /// <summary>The monotonic time, and the local time as of <see cref="ReadWall"/>.</summary>
    public Now Now => new(Monotonic, wall);

    /// <summary>Reads the local time, once for each turn of the loop: that takes longer.</summary>
    public void ReadWall() => wall = provider.GetLocalNow();
}
