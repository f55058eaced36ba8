using TinyTcp.Core.Sessions;

namespace TinyTcp.Bench.Contenders.Kestrel;

/// <summary>The current time as sessions need it: monotonic and wall-clock.</summary>
internal sealed class SessionClock(TimeProvider provider)
{
    private readonly long start = provider.GetTimestamp();

    /// <summary>The current time.</summary>
    public Now Read() => new(provider.GetElapsedTime(start), provider.GetLocalNow());
}
