using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.Statistics;
using TinyTcp.Tests.Client.Statistics;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Bench;

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
    [InlineData("p99 < 5ms")]
    [InlineData("rate > 10000")]
    public void A_goal_keeps_its_text(string written) =>
        Assert.Equal(written, TestValues.Given(Goal.Parse(written)).Text);

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
    public void Invalid_goals_are_rejected(string written) => Assert.True(Goal.Parse(written).IsNone);

    [Law]
    public void A_latency_goal_is_reached_below_its_limit(LatencyLimit limit)
    {
        var summary = Summarize(limit.Measured);
        var goal = TestValues.Given(Goal.Parse($"max<{limit.Nanoseconds}ns"));
        var longest = limit.Measured.Nanoseconds.Max();
        // Near the limit the histogram's value may be above it.
        Assert.True(
            goal.IsReached(summary)
                ? longest < limit.Nanoseconds
                : longest * (1 + LatencyHistogram.Resolution) >= limit.Nanoseconds
        );
    }

    [Law]
    public void A_percentile_goal_needs_the_percentiles_minimum_count(MeasuredTimes measured)
    {
        var summary = Summarize(measured);
        Assert.All(
            Percentile.Rows,
            row =>
            {
                var isEnough = measured.Nanoseconds.Length >= row.MinCount;
                var goal = TestValues.Given(Goal.Parse($"{row.Name}<1800s"));
                Assert.Equal(isEnough, goal.IsReached(summary));
                Assert.Equal(isEnough, goal.MeasuredValue(summary).IsSome);
            }
        );
    }

    [Fact]
    public void A_goal_with_too_few_requests_says_how_many_it_needs_and_what_to_raise()
    {
        var summary = Summarize(new MeasuredTimes([.. Enumerable.Repeat(1L, 100)]));
        var goal = TestValues.Given(Goal.Parse("p99.9<5ms"));
        Assert.Equal("p99.9 needs 1,000 requests; there were 100. Raise --duration.", goal.Explain(summary));
        Assert.EndsWith(" Raise --duration or --rate.", ExplainWith(summary.Profile with { Rate = 5L }));
        Assert.EndsWith(" Raise --count.", ExplainWith(summary.Profile with { Count = 100L }));
        Assert.DoesNotContain("Raise", TestValues.Given(Goal.Parse("p99<1ns")).Explain(summary));
        Assert.StartsWith(
            "stdev needs 2 requests; there were 1.",
            TestValues.Given(Goal.Parse("stdev<1s")).Explain(Summarize(new MeasuredTimes([1L])))
        );

        string ExplainWith(LoadProfile profile) => goal.Explain(summary with { Profile = profile });
    }

    [Theory]
    [InlineData(20_000, false)]
    [InlineData(20_001, true)]
    public void A_rate_goal_is_reached_above_its_limit(long replies, bool isReached)
    {
        var summary = Summarize(new MeasuredTimes([1]));
        summary.Result.Replies = replies;
        Assert.Equal(isReached, TestValues.Given(Goal.Parse("rate>10000")).IsReached(summary));
    }

    [Fact]
    public void Without_requests_no_goal_is_reached()
    {
        var summary = Summarize(new MeasuredTimes([]));
        summary.Result.Replies = 100;
        Assert.False(TestValues.Given(Goal.Parse("rate>1")).IsReached(summary));
    }

    [Theory]
    [InlineData(0, "0 ns")]
    [InlineData(999, "999 ns")]
    [InlineData(1_000, "1.00 µs")]
    [InlineData(61_234, "61.2 µs")]
    [InlineData(612_340, "612 µs")]
    [InlineData(5_000_000, "5.00 ms")]
    [InlineData(1_500_000_000, "1.50 s")]
    [InlineData(LatencyHistogram.MaxNanoseconds, "≥ 1800 s")]
    public void Durations_have_three_digits(long nanoseconds, string text) =>
        Assert.Equal(text, DurationFormat.FormatLatency(nanoseconds));

    private static LoadSummary Summarize(MeasuredTimes measured)
    {
        var result = new LoadResult();
        foreach (var nanoseconds in measured.Nanoseconds)
        {
            result.LatencyFromDue.Record(nanoseconds, 1);
        }

        return new(LoadLoopTests.Closed, result, Seconds: 2);
    }
}
