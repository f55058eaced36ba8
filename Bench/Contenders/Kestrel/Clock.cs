using TinyTcp.Core.Sessions;

namespace TinyTcp.Bench.Kestrel;

/// <summary>Both clocks of the host, as the compared server reads them.</summary>
internal sealed class Clock(TimeProvider provider)
{
    private readonly long start = provider.GetTimestamp();

    /// <summary>The time now.</summary>
    public Now Read() => new(provider.GetElapsedTime(start), provider.GetLocalNow());
}
