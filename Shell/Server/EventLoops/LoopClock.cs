using TinyTcp.Core.Sessions;

namespace TinyTcp.Server.EventLoops;

/// <summary>A loop's clocks: monotonic time since its creation, and local time.</summary>
internal sealed class LoopClock(TimeProvider provider)
{
    private readonly long start = provider.GetTimestamp();

    /// <summary>The monotonic time.</summary>
    public TimeSpan Monotonic => provider.GetElapsedTime(start);

    /// <summary>Reads both clocks.</summary>
    public Now Read() => new(Monotonic, provider.GetLocalNow());
}
