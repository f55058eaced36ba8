using TinyTcp.Bench.Statistics;
using Xunit;

namespace TinyTcp.Bench.Tests;

/// <summary>Ratios are taken within a round, and only where both have a figure.</summary>
public class SamplesTests
{
    private static readonly Samples Taken = new([
        Of(1, "ours", "cell", 10),
        Of(1, "C", "cell", 10),
        Of(2, "ours", "cell", 40),
        Of(2, "C", "cell", 20),
        Of(3, "ours", "cell", 1_000),
        Of(4, "C", "cell", 1),
        Of(1, "ours", "other", 12),
        Of(2, "ours", "other", 40),
    ]);

    [Fact]
    public void A_ratio_is_of_figures_of_the_same_round() =>
        Assert.Equal(new Spread(1.5, 1, 1.25, 1.75, 2, 2), Taken.Ratio("ours", "C", "cell", Measures.Cpu));

    [Fact]
    public void There_is_no_ratio_to_who_was_not_measured() =>
        Assert.True(Taken.Ratio("ours", "C", "other", Measures.Cpu).IsNone);

    [Fact]
    public void Another_measure_is_another_figure() =>
        Assert.True(Taken.Of("ours", "cell", Measures.Rate).IsNone);

    [Fact]
    public void A_swing_is_round_the_middle_in_each_round_that_has_all_cells()
    {
        var swing = Taken.Swing("ours", ["cell", "other"], Measures.Cpu);
        Assert.Equal(100.0 * 2 / 22, swing.Match(static spread => spread.Most, static () => 0), 9);
        Assert.Equal(
            (0, 2),
            swing.Match(static spread => (spread.Least, spread.Rounds), static () => (1, 0))
        );
    }

    private static Sample Of(int round, string contender, string cell, double value) =>
        new(round, contender, cell, Measures.Cpu, value);
}
