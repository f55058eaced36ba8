using System.Globalization;
using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Cli.Benching.Reading;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client;

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
    [InlineData("rate>10000")]
    public void A_goal_is_shown_as_it_was_written(string written) =>
        Assert.Equal(written, Some.Given(Goal.From(written)).ToString());

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
    [InlineData("rate<5")]
    [InlineData("rate>0")]
    [InlineData("rate>1.5")]
    public void Anything_else_is_none(string written) => Assert.True(Goal.From(written).IsNone);

    [Law]
    public bool A_latency_has_to_be_under_its_goal(ushort[] microseconds, ushort limit)
    {
        var latencies = Latencies.None();
        Array.ForEach(microseconds, value => latencies.Count(value * 1_000L, 1));
        var summary = new Summary(latencies.TotalCount, 1, [LatencySummary.Of(Summary.Latency, latencies)]);
        var goal = Some.Given(Goal.From(string.Create(CultureInfo.InvariantCulture, $"max<{limit + 1}us")));
        var longest = microseconds.DefaultIfEmpty((ushort)0).Max() * 1_000L;
        var most = (limit + 1) * 1_000L;
        // Where the true one is a hair under the goal, the one that is shown may be over it.
        return goal.IsReached(summary) ? longest < most : longest * (1 + Latencies.Resolution) >= most;
    }

    [Law]
    public bool A_rate_has_to_be_over_its_goal(ushort requests, ushort limit)
    {
        var summary = new Summary(requests, 2, [LatencySummary.Of(Summary.Latency, Latencies.None())]);
        var goal = Some.Given(Goal.From(string.Create(CultureInfo.InvariantCulture, $"rate>{limit + 1}")));
        return goal.IsReached(summary) == requests > 2 * (limit + 1);
    }

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
