using HdrHistogram;
using TinyTcp.Cli;
using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Cli.Benching.Reading;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Benching;

/// <summary>Figures of latencies against the same computed from every single one of them.</summary>
public class PercentileLaws
{
    [Law]
    public bool A_percentile_is_the_nearest_rank_and_at_most_a_1024th_more((byte, byte, byte)[] some)
    {
        var values = Latencies(some);
        return Percentile.Rows.All(row =>
            row.Of(Counted(values))
                .Match(
                    Some: shown => values.Length >= row.Fewest && IsShown(shown, Brute(values, row.PerMille)),
                    None: () => values.Length < row.Fewest
                )
        );
    }

    [Law]
    public bool The_mean_is_at_most_a_1024th_more((byte, byte, byte)[] some)
    {
        var values = Latencies(some);
        return Figures
            .MeanOf(Counted(values))
            .Match(Some: shown => IsShown(shown, (long)values.Average()), None: () => values.Length == 0);
    }

    [Law]
    public bool Bars_leave_nothing_out_and_none_is_longer_than_there_is_room((byte, byte, byte)[] some)
    {
        var values = Latencies(some);
        var bars = Bars.Of(Counted(values), room: 40, most: 12);
        return bars.Sum(static bar => bar.Count) == values.Length
            && bars.Length <= 12
            && bars.All(static bar => bar.Length <= 40 && bar.Length > 0 == bar.Count > 0)
            && bars.Skip(1).Zip(bars).All(static two => two.Item2.UpTo < two.Item1.UpTo)
            && (bars.Length == 0 || bars.Max(static bar => bar.Length) == 40);
    }

    [Fact]
    public void A_rank_does_not_depend_on_how_a_fraction_is_rounded()
    {
        long[] ranks = [500, 900, 990, 999, 1_000];
        Assert.Equal(ranks, Percentile.Rows.Select(static row => TestValues.Given(row.RankIn(1_000))));
        Assert.Equal([8, 15], Percentile.Rows.Take(2).Select(static row => TestValues.Given(row.RankIn(16))));
    }

    [Fact]
    public void A_percentile_takes_so_many_that_one_of_them_is_above_it() =>
        Assert.All(
            Percentile.Rows.Where(static row => row.Fewest > 1),
            static row =>
            {
                Assert.Equal(row.Fewest - 1, TestValues.Given(row.RankIn(row.Fewest)));
                Assert.True(row.RankIn(row.Fewest - 1).IsNone);
            }
        );

    [Fact]
    public void What_lasts_longer_than_half_an_hour_counts_as_half_an_hour_and_is_shown_so()
    {
        var longest = TestValues.Given(Percentile.Max.Of(Counted([long.MaxValue, -1])));
        Assert.True(IsShown(longest, Cli.Benching.Looping.Latencies.Longest));
        Assert.Equal("≥ 1800 s", Length.ShowLatency(longest));
    }

    /// <summary>From a nanosecond to a quarter of an hour, as many of each power of two.</summary>
    private static long[] Latencies((byte High, byte Low, byte Power)[] some) =>
        [.. some.Select(static each => Latency((each.High << 8) | each.Low, each.Power % 25))];

    private static long Latency(long digits, int power) =>
        (digits << power) + (digits * digits % (1L << power));

    private static LongHistogram Counted(long[] values)
    {
        var histogram = Cli.Benching.Looping.Latencies.None();
        Array.ForEach(values, value => histogram.Count(value, 1));
        return histogram;
    }

    private static long Brute(long[] values, int perMille) =>
        values.Order().ElementAtOrDefault((((values.Length * perMille) + 999) / 1_000) - 1);

    private static bool IsShown(long shown, long value) =>
        shown >= value && shown - value <= value * Cli.Benching.Looping.Latencies.Resolution;
}
