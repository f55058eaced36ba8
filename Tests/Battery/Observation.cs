using System.Globalization;

namespace TinyTcp.Tests.Battery;

/// <summary>Measurements of a server during a trial.</summary>
/// <param name="SlowestProbe">The longest duration of a <see cref="ServerProcess.Probe"/>.</param>
/// <param name="PeakMemory">The highest memory use, in KiB.</param>
internal readonly record struct Observation(TimeSpan SlowestProbe, long PeakMemory)
{
    internal Observation Add(TimeSpan probe, long memory) =>
        new(probe > SlowestProbe ? probe : SlowestProbe, Math.Max(memory, PeakMemory));

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"slowest concurrent probe {SlowestProbe.TotalMilliseconds:N0} ms"
        );
}
