using HdrHistogram;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.Statistics;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>Figures of latencies against the same computed from every single one of them.</summary>
public class PercentileLaws
{
    [Law]
    public bool A_percentile_is_the_nearest_rank_within_the_histograms_resolution((byte, byte, byte)[] some)
    {
        var values = Latencies(some);
        return Percentile.Rows.All(row =>
            row.ValueIn(HistogramOf(values))
                .Match(
                    Some: shown =>
                        values.Length >= row.MinCount
                        && IsWithinResolution(shown, NearestRank(values, row.PerMille)),
                    None: () => values.Length < row.MinCount
                )
        );
    }

    [Law]
    public bool The_mean_is_within_the_histograms_resolution((byte, byte, byte)[] some)
    {
        var values = Latencies(some);
        return HistogramStatistics
            .MeanOf(HistogramOf(values))
            .Match(
                Some: shown => IsWithinResolution(shown, (long)values.Average()),
                None: () => values.Length == 0
            );
    }

    [Law]
    public bool Buckets_hold_every_value_and_no_bar_exceeds_the_maximum_length((byte, byte, byte)[] some)
    {
        var values = Latencies(some);
        var bars = HistogramBuckets.Create(HistogramOf(values), maxBarLength: 40, maxBuckets: 12);
        return bars.Sum(static bar => bar.Count) == values.Length
            && bars.Length <= 12
            && bars.All(static bar => bar.BarLength <= 40 && bar.BarLength > 0 == bar.Count > 0)
            && bars.Skip(1).Zip(bars).All(static two => two.Item2.UpperBound < two.Item1.UpperBound)
            && (bars.Length == 0 || bars.Max(static bar => bar.BarLength) == 40);
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
    public void What_lasts_longer_than_half_an_hour_counts_as_half_an_hour_and_is_shown_so()
    {
        var longest = TestValues.Given(Percentile.Max.ValueIn(HistogramOf([long.MaxValue, -1])));
        Assert.True(IsWithinResolution(longest, TinyTcp.Cli.Bench.Engine.LatencyHistogram.MaxNanoseconds));
        Assert.Equal("≥ 1800 s", DurationFormat.FormatLatency(longest));
    }

    /// <summary>From a nanosecond to a quarter of an hour, as many of each power of two.</summary>
    private static long[] Latencies((byte High, byte Low, byte Power)[] some) =>
        [.. some.Select(static each => Latency((each.High << 8) | each.Low, each.Power % 25))];

    private static long Latency(long digits, int power) =>
        (digits << power) + (digits * digits % (1L << power));

    private static LongHistogram HistogramOf(long[] values)
    {
        var histogram = TinyTcp.Cli.Bench.Engine.LatencyHistogram.Create();
        Array.ForEach(values, value => histogram.Record(value, 1));
        return histogram;
    }

    private static long NearestRank(long[] values, int perMille) =>
        values.Order().ElementAtOrDefault((((values.Length * perMille) + 999) / 1_000) - 1);

    private static bool IsWithinResolution(long shown, long value) =>
        shown >= value && shown - value <= value * TinyTcp.Cli.Bench.Engine.LatencyHistogram.Resolution;
}
