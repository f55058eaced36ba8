using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Bench.Report;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Client.Statistics;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>A run to show: any latencies, any replies over time, any load, and a terminal of 40 columns or more.</summary>
/// <param name="Latencies">The latencies.</param>
/// <param name="Replies">The replies of each interval of a fifth of a second.</param>
/// <param name="Rate">Requests per second of an open loop; 0 for a closed loop.</param>
/// <param name="Now">Nanoseconds since the run started.</param>
/// <param name="Width">The columns of the terminal.</param>
/// <param name="Height">The rows of the terminal.</param>
public sealed record MeasuredRun(
    MeasuredTimes Latencies,
    ImmutableArray<int> Replies,
    int Rate,
    long Now,
    int Width,
    int Height
)
{
    internal const long Interval = 200_000_000;

    internal static Gen<MeasuredRun> Any { get; } =
        from latencies in MeasuredTimes.Any
        from replies in Gen.OneOf(Gen.Choose(0, 100), Gen.Choose(0, 1_000_000_000)).ArrayOf()
        from rate in Gen.OneOf(Gen.Constant(0), Gen.Choose(1, 100_000_000))
        from now in MeasuredTimes.Duration
        from width in Gen.OneOf(Gen.Choose(40, 130), Gen.Elements(40, 80, 99, 100))
        from height in Gen.Choose(1, 40)
        select new MeasuredRun(latencies, [.. replies.Take(40)], rate, now, width, height);

    internal static ServerEndPoint Target { get; } =
        TestValues.Right(ServerEndPoint.From("[2001:db8:1234:5678:9abc:def0:1234:5678]:65535"));

    internal RateHistory Rates =>
        Replies.Aggregate(new RateHistory(), static (history, replies) => history.Add(Interval, replies));

    internal LoadSummary Summary
    {
        get
        {
            var counts = new LoadResult { Replies = Replies.Sum(static replies => (long)replies) };
            foreach (var latency in Latencies.Nanoseconds)
            {
                counts.LatencyFromDue.Record(latency, 1);
                counts.LatencyFromSent.Record(latency / 2, 1);
            }

            return new(
                LoadLoopTests.Closed with
                {
                    Rate = Rate > 0 ? Rate : default(LanguageExt.Option<long>),
                },
                counts,
                Now / 1e9
            );
        }
    }

    internal LiveView View =>
        new(
            Target,
            LoadProgress.Of(
                Summary.Profile,
                greeted: 1,
                Summary.Profile.WindowFrom(0),
                Summary.Result.Replies,
                Now
            ),
            Summary,
            Rates
        );

    internal BenchResult Result => new(Target, Summary, default, default) { Rates = Rates };

    internal static IEnumerable<MeasuredRun> Shrink(MeasuredRun run) =>
        MeasuredTimes
            .Shrink(run.Latencies)
            .Select(latencies => run with { Latencies = latencies })
            .Concat(Shrinking.Shorter(run.Replies).Select(replies => run with { Replies = [.. replies] }));
}
