using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>When the requests of an open loop are due.</summary>
public class ArrivalsLaws
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    [Law]
    public bool Due_times_repeat_every_second(uint index, ushort rate)
    {
        var arrivals = AtRate(rate);
        return arrivals.Due(index + arrivals.Rate) == arrivals.Due(index) + NanosecondsPerSecond;
    }

    [Law]
    public bool A_due_time_is_exact_to_a_nanosecond(uint index, ushort rate)
    {
        var arrivals = AtRate(rate);
        var exact = (Int128)index * NanosecondsPerSecond;
        return (Int128)arrivals.Due(index) * arrivals.Rate is var due
            && due <= exact
            && exact - due < arrivals.Rate;
    }

    [Law]
    public bool DueBefore_counts_the_requests_due_before_a_time((byte, byte, byte) time, byte rate)
    {
        var (at, arrivals) = (Time(time), AtRate((ushort)(rate * 257)));
        var before = arrivals.DueBefore(at);
        return arrivals.Due(before) >= at && (before == 0 || arrivals.Due(before - 1) < at);
    }

    [Law]
    public bool DueBefore_is_the_inverse_of_Due(uint index, byte rate)
    {
        var arrivals = AtRate((ushort)(rate * 257));
        return arrivals.DueBefore(arrivals.Due(index)) == index;
    }

    [Law]
    public bool Nothing_is_due_before_the_start((byte, byte, byte) time, byte rate) =>
        AtRate((ushort)(rate * 257)).DueBefore(-Time(time)) == 0;

    [Fact]
    public void A_day_at_the_highest_rate_does_not_overflow() =>
        Assert.Equal(
            (86_400 * NanosecondsPerSecond, 86_400L * 100_000_000),
            (
                new Arrivals(100_000_000).Due(86_400L * 100_000_000),
                new Arrivals(100_000_000).DueBefore(86_400 * NanosecondsPerSecond)
            )
        );

    /// <summary>From a nanosecond to a few minutes.</summary>
    private static long Time((byte High, byte Low, byte Power) some) =>
        ((long)((some.High << 8) | some.Low) << (some.Power % 22)) + some.Power;

    private static Arrivals AtRate(ushort rate) => new(1L + rate);
}
