using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Benching;

/// <summary>When the requests of an open loop are due.</summary>
public class LoadArrivalsLaws
{
    private const long Second = 1_000_000_000;

    [Law]
    public bool Every_second_has_the_same_times(uint index, ushort rate)
    {
        var arrivals = Of(rate);
        return arrivals.Due(index + arrivals.Rate) == arrivals.Due(index) + Second;
    }

    [Law]
    public bool No_time_is_more_than_a_nanosecond_off_however_late(uint index, ushort rate)
    {
        var arrivals = Of(rate);
        var exact = (Int128)index * Second;
        return (Int128)arrivals.Due(index) * arrivals.Rate is var due
            && due <= exact
            && exact - due < arrivals.Rate;
    }

    [Law]
    public bool As_many_are_due_before_a_time_as_it_takes((byte, byte, byte) time, byte rate)
    {
        var (at, arrivals) = (Time(time), Of((ushort)(rate * 257)));
        var before = arrivals.DueBefore(at);
        return arrivals.Due(before) >= at && (before == 0 || arrivals.Due(before - 1) < at);
    }

    [Law]
    public bool Before_a_request_is_due_are_those_that_went_before_it(uint index, byte rate)
    {
        var arrivals = Of((ushort)(rate * 257));
        return arrivals.DueBefore(arrivals.Due(index)) == index;
    }

    [Law]
    public bool Before_the_start_none_is_due((byte, byte, byte) time, byte rate) =>
        Of((ushort)(rate * 257)).DueBefore(-Time(time)) == 0;

    [Fact]
    public void A_day_at_a_hundred_million_a_second_has_room() =>
        Assert.Equal(
            (86_400 * Second, 86_400L * 100_000_000),
            (
                new Arrivals(100_000_000).Due(86_400L * 100_000_000),
                new Arrivals(100_000_000).DueBefore(86_400 * Second)
            )
        );

    /// <summary>From a nanosecond to a few minutes.</summary>
    private static long Time((byte High, byte Low, byte Power) some) =>
        ((long)((some.High << 8) | some.Low) << (some.Power % 22)) + some.Power;

    private static Arrivals Of(ushort rate) => new(1L + rate);
}
