using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Tests.Core.Generators;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>A run of the open-loop scheduler: its load, the replies to it, and when it ends.</summary>
/// <param name="Connections">The number of connections.</param>
/// <param name="Rate">Requests per second.</param>
/// <param name="Window">The measurement window.</param>
/// <param name="End">When the run ends, in nanoseconds.</param>
/// <param name="Replies">The replies in order: on which connection, and how many at once.</param>
public sealed record OpenLoopRun(
    int Connections,
    int Rate,
    (long Start, long From, long Until) Window,
    long End,
    ImmutableArray<(int Connection, int Count)> Replies
)
{
    internal const int Depth = 3;

    internal MeasurementWindow MeasurementWindow => new(Window.Start, Window.From, Window.Until);

    internal Arrivals Arrivals => new(Rate);

    internal static Gen<OpenLoopRun> Any { get; } =
        from connections in Gen.Choose(1, 5)
        from rate in Gen.OneOf(Gen.Choose(10, 50), Gen.Choose(50, 2_000))
        from start in Gen.Choose(0, 300_000_000)
        from warmUp in Gen.OneOf(Gen.Constant(0), Gen.Choose(0, 60_000_000))
        from duration in Gen.Choose(200_000_000, 1_300_000_000)
        from sinceStart in Gen.Choose(100_000_000, 1_800_000_000)
        from replyCount in Gen.Choose(0, 30)
        from replies in (
            from connection in Gen.Choose(0, connections - 1)
            from count in Gen.Choose(0, Depth)
            select (connection, count)
        ).ArrayOf(replyCount)
        select new OpenLoopRun(
            connections,
            rate,
            (start, start + warmUp, start + warmUp + duration),
            start + sinceStart,
            [.. replies]
        );

    internal static IEnumerable<OpenLoopRun> Shrink(OpenLoopRun run) =>
        Shrinking
            .Shorter(run.Replies)
            .Select(replies => run with { Replies = [.. replies] })
            .Concat(
                new[]
                {
                    run with
                    {
                        Rate = 1,
                    },
                    run with
                    {
                        Rate = Math.Max(1, run.Rate / 2),
                    },
                    run with
                    {
                        Window = (0, 0, run.Window.Until),
                    },
                }.Where(smaller => smaller != run)
            );

    public override string ToString() =>
        $"{Connections} connections, {Rate}/s, {Window}, end {End}, replies {string.Join(", ", Replies)}";
}
