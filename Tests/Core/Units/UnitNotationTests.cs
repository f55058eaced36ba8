using FsCheck;
using LanguageExt;
using TinyTcp.Core.Units;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Units;

/// <summary>Durations and sizes as text.</summary>
public sealed class UnitNotationTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("1.5s", 1_500)]
    [InlineData("5", 5_000)]
    [InlineData("0.25", 250)]
    [InlineData("5m", 300_000)]
    [InlineData("5M", 300_000)]
    [InlineData("24h", 86_400_000)]
    [InlineData("0", 0)]
    public void A_duration_is_a_number_of_seconds_or_has_a_unit(string text, long milliseconds) =>
        Assert.Equal(milliseconds, UnitNotation.Durations.Parse(text));

    [Theory]
    [InlineData("64", 64)]
    [InlineData("64k", 65_536)]
    [InlineData("1.5K", 1_536)]
    [InlineData("16m", 16_777_216)]
    [InlineData("1g", 1_073_741_824)]
    public void A_size_is_a_number_of_bytes_or_has_a_unit(string text, long bytes) =>
        Assert.Equal(bytes, UnitNotation.Sizes.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("ms")]
    [InlineData("-1s")]
    [InlineData("+1s")]
    [InlineData("1 s")]
    [InlineData("1,5s")]
    [InlineData("1e3s")]
    [InlineData("0.1ms")]
    [InlineData("5d")]
    [InlineData("9223372036854775807h")]
    [InlineData("99999999999999999999999999999999999s")]
    public void Another_text_is_not_a_duration(string text) =>
        Assert.Equal(Option<long>.None, UnitNotation.Durations.Parse(text));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1_500, "1500ms")]
    [InlineData(30_000, "30s")]
    [InlineData(90_000, "90s")]
    [InlineData(86_400_000, "24h")]
    public void A_duration_is_written_in_the_largest_unit_that_gives_a_whole_number(
        long milliseconds,
        string text
    ) => Assert.Equal(text, UnitNotation.Durations.Format(milliseconds));

    [Fact]
    public void The_units_have_names_for_help()
    {
        Assert.Equal("ms, s, m, h", UnitNotation.Durations.Names);
        Assert.Equal("k, m, g", UnitNotation.Sizes.Names);
        Assert.Empty(UnitNotation.Counts.Names);
    }

    [Law]
    public void What_is_written_is_read_as_the_same_quantity(NonNegativeInt quantity)
    {
        Assert.All(
            new[] { UnitNotation.Durations, UnitNotation.Sizes, UnitNotation.Counts },
            notation => Assert.Equal(quantity.Get, notation.Parse(notation.Format(quantity.Get)))
        );
    }
}
