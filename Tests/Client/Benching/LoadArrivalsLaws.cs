using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Benching;

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
    public bool As_many_are_due_before_a_time_as_it_takes((byte, byte, byte) time, byte rate, byte threads)
    {
        var (at, arrivals) = (Time(time), Of((ushort)(rate * 257), threads));
        var before = arrivals.DueBefore(at);
        return arrivals.Due(before) >= at && (before == 0 || arrivals.Due(before - 1) < at);
    }

    [Law]
    public bool Before_a_request_is_due_are_those_that_went_before_it(uint index, byte rate, byte threads)
    {
        var arrivals = Of((ushort)(rate * 257), threads);
        return arrivals.DueBefore(arrivals.Due(index)) == index;
    }

    [Law]
    public bool Before_the_start_none_is_due((byte, byte, byte) time, byte rate, byte threads) =>
        Of((ushort)(rate * 257), threads).DueBefore(-Time(time)) == 0;

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
        Assert.Equal(
            (86_400 * Second, 86_400L * 100_000_000),
            (
                new Arrivals(100_000_000, 0, 1).Due(86_400L * 100_000_000),
                new Arrivals(100_000_000, 0, 1).DueBefore(86_400 * Second)
            )
        );

    /// <summary>From a nanosecond to a few minutes.</summary>
    private static long Time((byte High, byte Low, byte Power) some) =>
        ((long)((some.High << 8) | some.Low) << (some.Power % 22)) + some.Power;

    private static Arrivals Of(ushort rate, byte threads)
    {
        var count = 1 + (threads % 8);
        return new Arrivals(1L + rate, rate % count, count);
    }
}
