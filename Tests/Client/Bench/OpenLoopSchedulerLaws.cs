using HdrHistogram;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>What an open loop counts at its end of requests that were due and not answered.</summary>
public class OpenLoopSchedulerLaws
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const int Depth = 3;

    [Law]
    public bool Unanswered_requests_are_counted_as_if_one_by_one(
        byte[] replies,
        (byte Connections, byte Rate) load,
        (byte Start, byte WarmUp, byte Duration, byte Ended) times
    )
    {
        var connections = 1 + (load.Connections % 5);
        var arrivals = new Arrivals(1 + (load.Rate * 37));
        var start = times.Start * 1_000_003L;
        var from = start + (times.WarmUp * 1_000_211L);
        var window = new MeasurementWindow(start, from, from + (times.Duration * 5_000_011L));
        var now = start + (times.Ended * 7_000_003L);

        var pace = new OpenLoopScheduler(connections, Depth, arrivals);
        pace.Start(window);
        var answered = SendAndReply(pace, connections, replies, now);
        var measured = EmptyResult();
        pace.OnEnd(now, measured);

        var waited = Enumerable
            .Range(0, connections)
            .SelectMany(id => Due(arrivals, start, connections, id, answered[id], now))
            .Where(window.Contains)
            .Select(due => now - due)
            .ToList();
        var expected = LatencyHistogram.Create();
        waited.ForEach(each => expected.Record(each, 1));
        return measured.Unanswered == waited.Count
            && measured.LatencyFromSent.TotalCount == 0
            && AreEqual(measured.LatencyFromDue, expected);
    }

    [Fact]
    public void Waits_longer_than_the_histograms_maximum_count_as_the_maximum()
    {
        var pace = new OpenLoopScheduler(2, Depth, new Arrivals(1));
        pace.Start(new MeasurementWindow(0, 0, 3_600 * NanosecondsPerSecond));
        var measured = EmptyResult();
        pace.OnEnd(3_600 * NanosecondsPerSecond, measured);
        Assert.Equal(3_600, measured.Unanswered);
        Assert.InRange(
            measured.LatencyFromDue.GetCountAtValue(LatencyHistogram.MaxNanoseconds),
            1_800,
            1_803
        );
    }

    [Fact]
    public void A_day_of_unanswered_requests_is_counted_without_iterating_over_them()
    {
        var pace = new OpenLoopScheduler(20_000, Depth, new Arrivals(100_000_000));
        pace.Start(new MeasurementWindow(0, 0, 86_400 * NanosecondsPerSecond));
        var measured = EmptyResult();
        pace.OnEnd(86_400 * NanosecondsPerSecond, measured);
        Assert.Equal(86_400L * 100_000_000, measured.Unanswered);
        Assert.Equal(measured.Unanswered, measured.LatencyFromDue.TotalCount);
    }

    [Fact]
    public void Ending_before_the_start_counts_nothing()
    {
        var measured = EmptyResult();
        new OpenLoopScheduler(1, Depth, new Arrivals(1_000)).OnEnd(NanosecondsPerSecond, measured);
        Assert.Equal((0, 0), (measured.Unanswered, measured.LatencyFromDue.TotalCount));
    }

    private static bool AreEqual(HistogramBase one, HistogramBase other) =>
        Cells(one).SequenceEqual(Cells(other));

    private static IEnumerable<(long Value, long Count)> Cells(HistogramBase histogram) =>
        histogram
            .RecordedValues()
            .Select(static cell => (cell.ValueIteratedTo, cell.CountAddedInThisIterationStep));

    private static TinyTcp.Cli.Bench.Engine.LoadResult EmptyResult() =>
        TinyTcp.Cli.Bench.Engine.LoadResult.Empty();

    /// <summary>Lets replies come, so many to one connection after the other.</summary>
    /// <returns>How many each had.</returns>
    private static long[] SendAndReply(OpenLoopScheduler scheduler, int connections, byte[] replies, long now)
    {
        while (scheduler.TryNext(now, out _)) { }

        var answered = new long[connections];
        foreach (var answer in replies)
        {
            var id = answer % connections;
            scheduler.NextBatch(id, now);
            var count = Math.Min(scheduler.InFlight(id), answer / connections % (Depth + 1));
            scheduler.OnReplies(id, count, now, EmptyResult());
            answered[id] += count;
        }

        return answered;
    }

    private static IEnumerable<long> Due(
        Arrivals arrivals,
        long start,
        int connections,
        int connection,
        long answered,
        long now
    ) =>
        Enumerable
            .InfiniteSequence(answered, 1L)
            .Select(round => start + arrivals.Due((round * connections) + connection))
            .TakeWhile(due => due <= now);
}
