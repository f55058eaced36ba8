using HdrHistogram;
using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client;

/// <summary>When the requests of an open loop are due.</summary>
public class LoadArrivalsLaws
{
    private const long Second = 1_000_000_000;

    [Law]
    public bool Every_second_has_the_same_times(uint index, ushort rate, byte threads)
    {
        var arrivals = Of(rate, threads);
        return arrivals.Due(index + arrivals.Rate) == arrivals.Due(index) + (arrivals.Threads * Second);
    }

    [Law]
    public bool No_time_is_more_than_a_nanosecond_off_however_late(uint index, ushort rate, byte threads)
    {
        var arrivals = Of(rate, threads);
        var exact = (Int128)((index * (long)arrivals.Threads) + arrivals.Thread) * Second;
        return (Int128)arrivals.Due(index) * arrivals.Rate is var due
            && due <= exact
            && exact - due < arrivals.Rate;
    }

    [Law]
    public bool The_threads_of_a_run_make_one_schedule(ushort index, ushort rate, byte threads)
    {
        var count = 1 + (threads % 8);
        var alone = new Arrivals(1L + rate, 0, 1);
        var shared = new Arrivals(1L + rate, index % count, count);
        return shared.Due(index / count) == alone.Due(index);
    }

    [Fact]
    public void A_day_at_a_hundred_million_a_second_has_room() =>
        Assert.Equal(86_400 * Second, new Arrivals(100_000_000, 0, 1).Due(86_400L * 100_000_000));

    [Law]
    public void What_has_no_answer_counts_as_long_as_it_has_waited(
        ushort rate,
        byte[] answers,
        ushort from,
        ushort until,
        ushort end
    )
    {
        const long Unit = 100;
        var arrivals = new Arrivals(Math.Min(100_000_000, 1 + (rate * 1_000_000L)), 0, 1);
        var window = new Window(0, from * Unit, until * Unit);
        var now = end * Unit;
        var connections = answers.Length + 1;
        var pace = new OpenPace(connections, depth: 256, arrivals);
        pace.Begin(window);
        while (pace.TryNext(now, out _)) { }

        var (measured, alone) = (
            Cli.Benching.Looping.Measured.Nothing(),
            Cli.Benching.Looping.Measured.Nothing()
        );
        for (var connection = 0; connection < connections; connection++)
        {
            var most = connection < answers.Length ? answers[connection] : 0;
            var answered = Math.Min(pace.Leave(connection, now), most);
            pace.Answer(connection, answered, now, Cli.Benching.Looping.Measured.Nothing());
            for (
                var index = ((long)answered * connections) + connection;
                arrivals.Due(index) <= now && arrivals.Due(index) < window.Until;
                index += connections
            )
            {
                CountAlone(arrivals.Due(index));
            }
        }

        pace.GiveUp(now, measured);
        Assert.Equal(alone.Unanswered, measured.Unanswered);
        Assert.Equal(Cells(alone.FromDue), Cells(measured.FromDue));

        void CountAlone(long due)
        {
            if (window.Counts(due))
            {
                alone.Unanswered++;
                alone.FromDue.Count(now - due, 1);
            }
        }
    }

    [Fact]
    public void Nor_does_it_take_the_longer_the_more_there_is_of_it()
    {
        var window = new Window(0, 0, 3_600 * Second);
        var pace = new OpenPace(1, depth: 1, new Arrivals(100_000_000, 0, 1));
        pace.Begin(window);
        var measured = Cli.Benching.Looping.Measured.Nothing();
        pace.GiveUp(window.Until, measured);
        Assert.Equal(3_600L * 100_000_000, measured.Unanswered);
    }

    private static IEnumerable<(long UpTo, long Count)> Cells(HistogramBase latencies) =>
        latencies
            .RecordedValues()
            .Select(static cell => (cell.ValueIteratedTo, cell.CountAddedInThisIterationStep));

    private static Arrivals Of(ushort rate, byte threads)
    {
        var count = 1 + (threads % 8);
        return new Arrivals(1L + rate, rate % count, count);
    }
}
