using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Cli.Bench.Engine;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>A rate from 1 to 100 million requests per second, a request of the first day, and a time of the first day.</summary>
public sealed record ArrivalTime(long Rate, long Index, long Nanoseconds)
{
    private const int SecondsPerDay = 86_400;
    private const int NanosecondsPerSecond = 1_000_000_000;

    internal Arrivals Arrivals => new(Rate);

    internal static Gen<ArrivalTime> Any { get; } =
        from rate in Gen.OneOf(Gen.Choose(1, 10), Gen.Choose(1, 10_000), Gen.Choose(1, 100_000_000))
        from second in Gen.OneOf(Gen.Choose(0, 3), Gen.Choose(0, SecondsPerDay - 1))
        from index in Gen.Choose(0, rate - 1)
        from nanosecond in Gen.Choose(1, NanosecondsPerSecond)
        select new ArrivalTime(
            rate,
            ((long)second * rate) + index,
            ((long)second * NanosecondsPerSecond) + nanosecond
        );

    internal static IEnumerable<ArrivalTime> Shrink(ArrivalTime arrival) =>
        new[]
        {
            arrival with
            {
                Rate = 1,
            },
            arrival with
            {
                Rate = Math.Max(1, arrival.Rate / 2),
            },
            arrival with
            {
                Index = 0,
            },
            arrival with
            {
                Index = arrival.Index / 2,
            },
            arrival with
            {
                Nanoseconds = 1,
            },
            arrival with
            {
                Nanoseconds = Math.Max(1, arrival.Nanoseconds / 2),
            },
        }.Where(smaller => smaller != arrival);
}
