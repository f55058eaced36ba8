using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Statistics;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>How an open loop counts requests that were due and not answered when the run ends.</summary>
public class OpenLoopSchedulerLaws
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    [Law]
    public void Unanswered_requests_are_counted_as_if_one_by_one(OpenLoopRun run)
    {
        var scheduler = new OpenLoopScheduler(run.Connections, OpenLoopRun.Depth, run.Arrivals);
        scheduler.Start(run.MeasurementWindow);
        var answered = SendAndReply(scheduler, run);
        var result = new LoadResult();
        scheduler.OnEnd(run.End, result);

        var waits = WaitsOneByOne(run, answered).ToList();
        var expected = new LatencyHistogram();
        waits.ForEach(wait => expected.Record(wait, 1));
        Assert.Equal(waits.Count, result.Unanswered);
        Assert.Equal(0, result.LatencyFromSent.Count);
        Assert.Equal(expected.Buckets, result.LatencyFromDue.Buckets);
    }

    [Fact]
    public void A_wait_longer_than_the_maximum_of_the_histogram_counts_as_the_maximum()
    {
        var result = RunWithoutReplies(connections: 2, rate: 1, seconds: 3_600);
        Assert.Equal(3_600, result.Unanswered);
        Assert.InRange(result.LatencyFromDue.Buckets.Last().Count, 1_800, 1_803);
    }

    [Fact]
    public void A_day_of_unanswered_requests_is_counted_without_iterating_over_them()
    {
        var result = RunWithoutReplies(connections: 20_000, rate: 100_000_000, seconds: 86_400);
        Assert.Equal(86_400L * 100_000_000, result.Unanswered);
        Assert.Equal(result.Unanswered, result.LatencyFromDue.Count);
    }

    [Fact]
    public void Ending_before_the_start_counts_nothing()
    {
        var result = new LoadResult();
        new OpenLoopScheduler(1, OpenLoopRun.Depth, new Arrivals(1_000)).OnEnd(NanosecondsPerSecond, result);
        Assert.Equal((0, 0), (result.Unanswered, result.LatencyFromDue.Count));
    }

    private static LoadResult RunWithoutReplies(int connections, long rate, long seconds)
    {
        var scheduler = new OpenLoopScheduler(connections, OpenLoopRun.Depth, new Arrivals(rate));
        var end = seconds * NanosecondsPerSecond;
        scheduler.Start(new MeasurementWindow(0, 0, end));
        var result = new LoadResult();
        scheduler.OnEnd(end, result);
        return result;
    }

    /// <summary>Sends what is due by the end of the run, and receives the replies of the run.</summary>
    /// <returns>The number of replies of each connection.</returns>
    private static long[] SendAndReply(OpenLoopScheduler scheduler, OpenLoopRun run)
    {
        while (scheduler.TryNext(run.End, out _)) { }

        var answered = new long[run.Connections];
        foreach (var (connection, wanted) in run.Replies)
        {
            scheduler.NextBatch(connection, run.End);
            var count = Math.Min(scheduler.InFlight(connection), wanted);
            scheduler.OnReplies(connection, count, run.End, new LoadResult());
            answered[connection] += count;
        }

        return answered;
    }

    private static IEnumerable<long> WaitsOneByOne(OpenLoopRun run, long[] answered) =>
        from connection in Enumerable.Range(0, run.Connections)
        from due in Enumerable
            .InfiniteSequence(answered[connection], 1L)
            .Select(round => run.Window.Start + run.Arrivals.Due((round * run.Connections) + connection))
            .TakeWhile(due => due <= run.End)
        where run.MeasurementWindow.Contains(due)
        select run.End - due;
}
