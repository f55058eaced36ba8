using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>When the requests of an open loop are due.</summary>
public class ArrivalsLaws
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    [Law]
    public bool Due_times_repeat_every_second(ArrivalTime arrival) =>
        arrival.Arrivals.Due(arrival.Index + arrival.Rate)
        == arrival.Arrivals.Due(arrival.Index) + NanosecondsPerSecond;

    [Law]
    public bool A_due_time_is_exact_to_a_nanosecond(ArrivalTime arrival)
    {
        var exact = (Int128)arrival.Index * NanosecondsPerSecond;
        var due = (Int128)arrival.Arrivals.Due(arrival.Index) * arrival.Rate;
        return due <= exact && exact - due < arrival.Rate;
    }

    [Law]
    public bool DueBefore_counts_the_requests_due_before_a_time(ArrivalTime arrival)
    {
        var count = arrival.Arrivals.DueBefore(arrival.Nanoseconds);
        return arrival.Arrivals.Due(count) >= arrival.Nanoseconds
            && (count == 0 || arrival.Arrivals.Due(count - 1) < arrival.Nanoseconds);
    }

    [Law]
    public bool DueBefore_is_the_inverse_of_Due(ArrivalTime arrival) =>
        arrival.Arrivals.DueBefore(arrival.Arrivals.Due(arrival.Index)) == arrival.Index;

    [Law]
    public bool Nothing_is_due_before_the_start(ArrivalTime arrival) =>
        arrival.Arrivals.DueBefore(-arrival.Nanoseconds) == 0;

    [Fact]
    public void A_day_at_the_highest_rate_does_not_overflow()
    {
        const long Count = 86_400L * 100_000_000;
        var arrivals = new Arrivals(100_000_000);
        Assert.Equal(86_400 * NanosecondsPerSecond, arrivals.Due(Count));
        Assert.Equal(Count, arrivals.DueBefore(86_400 * NanosecondsPerSecond));
    }
}
