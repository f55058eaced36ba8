using System.Globalization;
using TinyTcp.Cli;
using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Cli.Benching.Reading;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Benching;

/// <summary>Goals: how they are written, and when they are reached.</summary>
public class GoalTests
{
    [Theory]
    [InlineData("p50<1s")]
    [InlineData("p99<5ms")]
    [InlineData("p99.9<1.5ms")]
    [InlineData("max<60s")]
    [InlineData("mean<200us")]
    [InlineData("mean<200µs")]
    [InlineData("p90<250ns")]
    [InlineData("p99<2000us")]
    [InlineData("p99<1800s")]
    [InlineData("p99<1800000ms")]
    [InlineData("rate>10000")]
    public void A_goal_is_shown_as_it_was_written(string written) =>
        Assert.Equal(written, TestValues.Given(Goal.From(written)).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("p99")]
    [InlineData("p98<5ms")]
    [InlineData("p99>5ms")]
    [InlineData("p99<5")]
    [InlineData("p99<ms")]
    [InlineData("p99<-5ms")]
    [InlineData("p99<5 ms")]
    [InlineData("p99<5sm")]
    [InlineData("p99<0ms")]
    [InlineData("p99<9999999s")]
    [InlineData("p99<1801s")]
    [InlineData("p99<1800001ms")]
    [InlineData("p99<79228162514264337593543950335s")]
    [InlineData("p99<0.5ns")]
    [InlineData("rate<5")]
    [InlineData("rate>0")]
    [InlineData("rate>1.5")]
    public void Anything_else_is_none(string written) => Assert.True(Goal.From(written).IsNone);

    [Law]
    public bool A_latency_has_to_be_under_its_goal(ushort[] microseconds, ushort limit)
    {
        var latencies = Latencies.None();
        Array.ForEach(microseconds, value => latencies.Count(value * 1_000L, 1));
        var summary = Of(latencies);
        var goal = TestValues.Given(
            Goal.From(string.Create(CultureInfo.InvariantCulture, $"max<{limit + 1}us"))
        );
        var longest = microseconds.DefaultIfEmpty((ushort)0).Max() * 1_000L;
        var most = (limit + 1) * 1_000L;
        // Where the true one is a hair under the goal, the one that is shown may be over it.
        return microseconds.Length == 0 ? !goal.IsReached(summary)
            : goal.IsReached(summary) ? longest < most
            : longest * (1 + Latencies.Resolution) >= most;
    }

    [Law]
    public bool No_goal_is_reached_by_fewer_requests_than_its_percentile_takes(ushort requests)
    {
        var latencies = Latencies.None();
        latencies.Count(1_000, requests);
        return Percentile.Rows.All(row =>
            TestValues.Given(Goal.From($"{row.Name}<1s")) is var goal
            && goal.IsReached(Of(latencies)) == requests >= row.Fewest
            && goal.In(Of(latencies)).IsSome == requests >= row.Fewest
        );
    }

    [Law]
    public bool A_rate_has_to_be_over_its_goal(ushort requests, ushort limit)
    {
        var summary = Of(Latencies.None()) with { Requests = 1, Replies = requests, Seconds = 2 };
        var goal = TestValues.Given(
            Goal.From(string.Create(CultureInfo.InvariantCulture, $"rate>{limit + 1}"))
        );
        return goal.IsReached(summary) == requests > 2 * (limit + 1);
    }

    private static Summary Of(HdrHistogram.LongHistogram latencies) =>
        new(latencies.TotalCount, [LatencySummary.Of(Summary.Latency, latencies)]);

    [Theory]
    [InlineData(0, "0 ns")]
    [InlineData(999, "999 ns")]
    [InlineData(1_000, "1.00 µs")]
    [InlineData(61_234, "61.2 µs")]
    [InlineData(612_340, "612 µs")]
    [InlineData(5_000_000, "5.00 ms")]
    [InlineData(1_500_000_000, "1.50 s")]
    public void Lengths_have_three_digits(long nanoseconds, string shown) =>
        Assert.Equal(shown, Length.Show(nanoseconds));
}
