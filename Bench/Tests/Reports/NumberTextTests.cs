using TinyTcp.Bench.Reports;
using TinyTcp.Bench.Statistics;
using Xunit;

namespace TinyTcp.Bench.Tests.Reports;

public class NumberTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.01234, "0.0123")]
    [InlineData(0.1234, "0.123")]
    [InlineData(1.234, "1.23")]
    [InlineData(12.34, "12.3")]
    [InlineData(123456.7, "123,457")]
    [InlineData(-1.5, "−1.50")]
    public void A_number_has_about_three_digits(double number, string expected) =>
        Assert.Equal(expected, NumberText.Format(number));

    [Fact]
    public void A_summary_of_one_round_has_no_range() =>
        Assert.Equal("1.50", NumberText.Format(new Summary(1.5, 1.5, 1.5, 1)));
}
