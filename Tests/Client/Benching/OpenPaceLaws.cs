using HdrHistogram;
using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Benching;

/// <summary>What an open loop counts at its end of requests that were due and not answered.</summary>
public class OpenPaceLaws
{
    private const long Second = 1_000_000_000;
    private const int Depth = 3;

    [Law]
    public bool What_was_not_answered_counts_like_one_after_the_other(
        byte[] answers,
        (byte Connections, byte Rate) load,
        (byte Start, byte WarmUp, byte Duration, byte Ended) times
    )
    {
        var connections = 1 + (load.Connections % 5);
        var arrivals = new Arrivals(1 + (load.Rate * 37));
        var start = times.Start * 1_000_003L;
        var from = start + (times.WarmUp * 1_000_211L);
        var window = new Window(start, from, from + (times.Duration * 5_000_011L));
        var now = start + (times.Ended * 7_000_003L);

        var pace = new OpenPace(connections, Depth, arrivals);
        pace.Begin(window);
        var answered = Answer(pace, connections, answers, now);
        var measured = Nothing();
        pace.GiveUp(now, measured);

        var waited = Enumerable
            .Range(0, connections)
            .SelectMany(id => Due(arrivals, start, connections, id, answered[id], now))
            .Where(window.Counts)
            .Select(due => now - due)
            .ToList();
        var expected = Latencies.None();
        waited.ForEach(each => expected.Count(each, 1));
        return measured.Unanswered == waited.Count
            && measured.FromSent.TotalCount == 0
            && Same(measured.FromDue, expected);
    }

    [Fact]
    public void What_waited_longer_than_half_an_hour_counts_as_half_an_hour()
    {
        var pace = new OpenPace(2, Depth, new Arrivals(1));
        pace.Begin(new Window(0, 0, 3_600 * Second));
        var measured = Nothing();
        pace.GiveUp(3_600 * Second, measured);
        Assert.Equal(3_600, measured.Unanswered);
        Assert.InRange(measured.FromDue.GetCountAtValue(Latencies.Longest), 1_800, 1_803);
    }

    [Fact]
    public void At_a_rate_that_no_server_bears_a_day_of_requests_is_counted_as_soon_as_any()
    {
        var pace = new OpenPace(20_000, Depth, new Arrivals(100_000_000));
        pace.Begin(new Window(0, 0, 86_400 * Second));
        var measured = Nothing();
        pace.GiveUp(86_400 * Second, measured);
        Assert.Equal(86_400L * 100_000_000, measured.Unanswered);
        Assert.Equal(measured.Unanswered, measured.FromDue.TotalCount);
    }

    [Fact]
    public void Before_it_has_begun_nothing_is_given_up()
    {
        var measured = Nothing();
        new OpenPace(1, Depth, new Arrivals(1_000)).GiveUp(Second, measured);
        Assert.Equal((0, 0), (measured.Unanswered, measured.FromDue.TotalCount));
    }

    private static bool Same(HistogramBase one, HistogramBase other) =>
        Cells(one).SequenceEqual(Cells(other));

    private static IEnumerable<(long Value, long Count)> Cells(HistogramBase histogram) =>
        histogram
            .RecordedValues()
            .Select(static cell => (cell.ValueIteratedTo, cell.CountAddedInThisIterationStep));

    private static Cli.Benching.Looping.Measured Nothing() => Cli.Benching.Looping.Measured.Nothing();

    /// <summary>Lets replies come, so many to one connection after the other.</summary>
    /// <returns>How many each had.</returns>
    private static long[] Answer(OpenPace pace, int connections, byte[] answers, long now)
    {
        while (pace.TryNext(now, out _)) { }

        var answered = new long[connections];
        foreach (var answer in answers)
        {
            var id = answer % connections;
            pace.Leave(id, now);
            var count = Math.Min(pace.UnderWay(id), answer / connections % (Depth + 1));
            pace.Answer(id, count, now, Nothing());
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
