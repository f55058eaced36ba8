using System.Globalization;

namespace TinyTcp.Tests.Battery;

/// <summary>What was seen of a server while something was done to it.</summary>
/// <param name="Slowest">The slowest visit of a polite client.</param>
/// <param name="Peak">The most memory, in KiB.</param>
internal readonly record struct Watched(TimeSpan Slowest, long Peak)
{
    internal Watched And(TimeSpan visit, long memory) =>
        new(visit > Slowest ? visit : Slowest, Math.Max(memory, Peak));

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"slowest visit meanwhile {Slowest.TotalMilliseconds:N0} ms"
        );
}
