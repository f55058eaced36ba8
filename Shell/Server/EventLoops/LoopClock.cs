using TinyTcp.Core.Sessions;

namespace TinyTcp.Server.EventLoops;

/// <summary>Reads both clocks of a loop: the monotonic one from its creation, and the local time.</summary>
internal sealed class LoopClock(TimeProvider provider)
{
    private readonly long start = provider.GetTimestamp();

    /// <summary>The time now.</summary>
    public Now Read() => new(provider.GetElapsedTime(start), provider.GetLocalNow());
}
