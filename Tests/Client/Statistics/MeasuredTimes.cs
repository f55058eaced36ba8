using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Tests.Core.Generators;

namespace TinyTcp.Tests.Client.Statistics;

/// <summary>
/// Measured times in nanoseconds, from 0 to 18 minutes with equal shares of all magnitudes, often repeated. The numbers of times
/// are around the minimum counts of the percentiles.
/// </summary>
public sealed record MeasuredTimes(ImmutableArray<long> Nanoseconds)
{
    private const int MaxPower = 39;
    private const int FractionBits = 20;

    internal IReadOnlyList<TimeSpan> Times { get; } =
    [.. Nanoseconds.Select(static value => TimeSpan.FromTicks(value / TimeSpan.NanosecondsPerTick))];

    internal static Gen<long> Duration { get; } =
        Gen.Frequency(
            (1, Gen.Choose(0, 2_000).Select(static few => (long)few)),
            (
                4,
                from power in Gen.Choose(0, MaxPower)
                from fraction in Gen.Choose(0, (1 << FractionBits) - 1)
                select (1L << power) + ((long)fraction << power >> FractionBits)
            )
        );

    internal static Gen<MeasuredTimes> Any { get; } =
        from count in Gen.Frequency(
            (1, Gen.Constant(0)),
            (8, Gen.Choose(1, 12)),
            (8, Gen.Choose(90, 110)),
            (3, Gen.Choose(990, 1_010))
        )
        from distinct in Duration.ArrayOf(Math.Max(1, count / 2))
        from times in Gen.Elements(distinct).ArrayOf(count)
        select new MeasuredTimes([.. times]);

    internal static IEnumerable<MeasuredTimes> Shrink(MeasuredTimes measured) =>
        Shrinking
            .Shorter(measured.Nanoseconds)
            .Concat(Shrinking.Simpler(measured.Nanoseconds, 0L))
            .Select(static times => new MeasuredTimes([.. times]));

    public override string ToString() => $"[{string.Join(", ", Nanoseconds)}] ns";
}
