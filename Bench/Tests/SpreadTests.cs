using FsCheck;
using FsCheck.Xunit;
using TinyTcp.Bench.Statistics;
using Xunit;

namespace TinyTcp.Bench.Tests;

/// <summary>What several rounds are boiled down to.</summary>
public class SpreadTests
{
    [Fact]
    public void Without_a_round_there_is_no_spread() => Assert.True(Spread.Of([]).IsNone);

    [Fact]
    public void One_round_is_its_own_spread() => Assert.Equal(new Spread(7, 7, 7, 7, 7, 1), Spread.Of([7]));

    [Fact]
    public void Quartiles_lie_half_way_to_the_ends() =>
        Assert.Equal(new Spread(3, 1, 2, 4, 9, 5), Spread.Of([9, 1, 3, 4, 2]));

    [Fact]
    public void A_median_of_four_lies_between_the_two_in_the_middle() =>
        Assert.Equal(new Spread(2.5, 1, 1.75, 3.25, 4, 4), Spread.Of([4, 2, 3, 1]));

    [Property]
    public bool Five_numbers_stand_in_order_whatever_the_rounds_gave(NonEmptyArray<int> rounds) =>
        Spread
            .Of(rounds.Get.Select(static value => (double)value))
            .Match(
                Some: spread =>
                    spread.Least <= spread.Lower
                    && spread.Lower <= spread.Median
                    && spread.Median <= spread.Upper
                    && spread.Upper <= spread.Most
                    && spread.Rounds == rounds.Get.Length,
                None: static () => false
            );

    [Property]
    public bool The_order_of_rounds_makes_no_difference(NonEmptyArray<int> rounds)
    {
        var values = rounds.Get.Select(static value => (double)value).ToArray();
        return Spread.Of(values) == Spread.Of(values.Reverse());
    }
}
