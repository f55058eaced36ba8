using TinyTcp.Cli.Statistics;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Statistics;

/// <summary>Statistics of a histogram against the same computed from the list of values.</summary>
public class LatencyHistogramLaws
{
    [Law]
    public bool A_percentile_is_the_nearest_rank_within_the_resolution(MeasuredTimes measured) =>
        Percentile.Rows.All(row =>
            HistogramOf(measured)
                .ValueAt(row)
                .Match(
                    Some: value =>
                        measured.Nanoseconds.Length >= row.MinCount
                        && IsWithinResolution(value, NearestRank(measured, row.PerMille)),
                    None: () => measured.Nanoseconds.Length < row.MinCount
                )
        );

    [Law]
    public bool The_mean_is_within_the_resolution(MeasuredTimes measured) =>
        HistogramOf(measured)
            .Mean.Match(
                Some: mean => IsWithinResolution(mean, (long)measured.Nanoseconds.Average()),
                None: () => measured.Nanoseconds.IsEmpty
            );

    [Law]
    public bool The_median_of_an_even_number_is_the_middle_of_two(MeasuredTimes measured) =>
        HistogramOf(measured)
            .Median.Match(
                Some: median =>
                {
                    var ordered = measured.Nanoseconds.Sort();
                    var (lower, upper) = (ordered[(ordered.Length - 1) / 2], ordered[ordered.Length / 2]);
                    return IsWithinResolution(median, (lower + upper) / 2);
                },
                None: () => measured.Nanoseconds.IsEmpty
            );

    [Law]
    public bool A_copy_has_the_same_statistics(MeasuredTimes measured, MeasuredTimes others)
    {
        var (original, copy) = (HistogramOf(measured), HistogramOf(others));
        copy.CopyFrom(original);
        return LatencyHistogram.StatisticNames.All(name => copy.ValueOf(name) == original.ValueOf(name));
    }

    [Fact]
    public void Ranks_are_exact_integers()
    {
        long[] ranks = [500, 900, 990, 999, 1_000];
        Assert.Equal(ranks, Percentile.Rows.Select(static row => TestValues.Given(row.RankIn(1_000))));
        Assert.Equal([8, 15], Percentile.Rows.Take(2).Select(static row => TestValues.Given(row.RankIn(16))));
    }

    [Fact]
    public void A_percentile_needs_a_value_above_it() =>
        Assert.All(
            Percentile.Rows.Where(static row => row.MinCount > 1),
            static row =>
            {
                Assert.Equal(row.MinCount - 1, TestValues.Given(row.RankIn(row.MinCount)));
                Assert.True(row.RankIn(row.MinCount - 1).IsNone);
            }
        );

    [Fact]
    public void A_latency_outside_the_range_counts_as_the_nearest_bound()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(long.MaxValue, 1);
        histogram.Record(-1, 1);
        Assert.Equal(0, TestValues.Given(histogram.ValueAt(Percentile.P50)));
        Assert.True(
            IsWithinResolution(
                TestValues.Given(histogram.ValueAt(Percentile.Max)),
                LatencyHistogram.MaxNanoseconds
            )
        );
    }

    private static LatencyHistogram HistogramOf(MeasuredTimes measured)
    {
        var histogram = new LatencyHistogram();
        foreach (var value in measured.Nanoseconds)
        {
            histogram.Record(value, 1);
        }

        return histogram;
    }

    /// <summary>The smallest value that the share of all values does not exceed.</summary>
    private static long NearestRank(MeasuredTimes measured, int perMille)
    {
        var ordered = measured.Nanoseconds.Sort();
        return ordered.Where((_, index) => 1_000L * (index + 1) >= (long)perMille * ordered.Length).First();
    }

    private static bool IsWithinResolution(long value, long exact) =>
        value >= exact && value - exact <= exact * LatencyHistogram.Resolution;
}
