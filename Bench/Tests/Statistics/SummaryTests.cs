using FsCheck;
using FsCheck.Xunit;
using TinyTcp.Bench.Statistics;
using Xunit;

namespace TinyTcp.Bench.Tests.Statistics;

public class SummaryTests
{
    [Fact]
    public void There_is_no_summary_of_no_values() => Assert.Null(Summary.Of([]));

    [Fact]
    public void The_median_of_an_odd_number_of_values_is_the_middle_one() =>
        Assert.Equal(new Summary(3, 1, 9, 5), Summary.Of([9, 1, 3, 4, 2]));

    [Fact]
    public void The_median_of_an_even_number_of_values_is_between_the_middle_two() =>
        Assert.Equal(new Summary(2.5, 1, 4, 4), Summary.Of([4, 2, 3, 1]));

    [Property]
    public bool At_most_half_of_the_values_are_on_each_side_of_the_median(NonEmptyArray<int> rounds)
    {
        var values = rounds.Get.Select(static value => (double)value).ToList();
        var summary = Summary.Of(values)!;
        return summary.Min == values.Min()
            && summary.Max == values.Max()
            && summary.Count == values.Count
            && values.Count(value => value < summary.Median) <= values.Count / 2
            && values.Count(value => value > summary.Median) <= values.Count / 2;
    }

    [Property]
    public bool The_order_of_values_makes_no_difference(NonEmptyArray<int> rounds)
    {
        var values = rounds.Get.Select(static value => (double)value).ToArray();
        return Summary.Of(values) == Summary.Of(values.Reverse());
    }
}
