using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Tests.Client.Statistics;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>Measured times, at least one, and a limit in nanoseconds near one of them.</summary>
public sealed record LatencyLimit(MeasuredTimes Measured, long Nanoseconds)
{
    internal static Gen<LatencyLimit> Any { get; } =
        from measured in MeasuredTimes.Any.Where(static times => times.Nanoseconds.Length > 0)
        from time in Gen.OneOf(
            Gen.Constant(measured.Nanoseconds.Max()),
            Gen.Elements<long>(measured.Nanoseconds)
        )
        from difference in Gen.OneOf(Gen.Choose(-2, 2), Gen.Choose(-1_000_000, 1_000_000))
        select new LatencyLimit(measured, Math.Max(1, time + difference));

    internal static IEnumerable<LatencyLimit> Shrink(LatencyLimit limit) =>
        MeasuredTimes
            .Shrink(limit.Measured)
            .Where(static times => times.Nanoseconds.Length > 0)
            .Select(times => limit with { Measured = times });
}
