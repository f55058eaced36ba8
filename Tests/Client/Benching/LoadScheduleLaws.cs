using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client;

/// <summary>When the requests of an open loop are due.</summary>
public class LoadScheduleLaws
{
    private const long Second = 1_000_000_000;

    [Law]
    public bool Every_second_has_the_same_times(uint index, ushort rate, byte threads)
    {
        var schedule = Of(rate, threads);
        return schedule.Due(index + schedule.Rate) == schedule.Due(index) + (schedule.Threads * Second);
    }

    [Law]
    public bool No_time_is_more_than_a_nanosecond_off_however_late(uint index, ushort rate, byte threads)
    {
        var schedule = Of(rate, threads);
        var exact = (Int128)((index * (long)schedule.Threads) + schedule.Thread) * Second;
        return (Int128)schedule.Due(index) * schedule.Rate is var due
            && due <= exact
            && exact - due < schedule.Rate;
    }

    [Law]
    public bool The_threads_of_a_run_make_one_schedule(ushort index, ushort rate, byte threads)
    {
        var count = 1 + (threads % 8);
        var alone = new Schedule(1L + rate, 0, 1);
        var shared = new Schedule(1L + rate, index % count, count);
        return shared.Due(index / count) == alone.Due(index);
    }

    [Fact]
    public void A_day_at_a_hundred_million_a_second_has_room() =>
        Assert.Equal(86_400 * Second, new Schedule(100_000_000, 0, 1).Due(86_400L * 100_000_000));

    private static Schedule Of(ushort rate, byte threads)
    {
        var count = 1 + (threads % 8);
        return new Schedule(1L + rate, rate % count, count);
    }
}
