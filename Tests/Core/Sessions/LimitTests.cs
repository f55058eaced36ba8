using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>The table of limits agrees with the limits (L-1).</summary>
public class LimitTests
{
    public static TheoryData<string> Names => [.. LimitTable.Rows.Select(static row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_limit_can_be_set_within_its_bounds_and_not_beyond(string name)
    {
        var row = Row(name);
        Assert.Equal(row.Min, row.Get(TestValues.With(Limits.Default, name, row.Min)));
        Assert.Equal(row.Max, row.Get(TestValues.With(Limits.Default, name, row.Max)));
        Assert.True(Limits.Default.With(row, row.Min - 2).IsNone);
        Assert.True(Limits.Default.With(row, row.Max + 1).IsNone);
        Assert.Equal(row.ZeroIsOff, Limits.Default.With(row, 0).IsSome);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Setting_one_limit_leaves_the_others_unchanged(string name)
    {
        var changed = TestValues.With(Limits.Default, name, Row(name).Max);
        Assert.All(
            LimitTable.Rows,
            row => Assert.Equal(row == Row(name) ? row.Max : row.Default, row.Get(changed))
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_default_is_within_its_bounds(string name) =>
        Assert.True(Row(name).Allows(Row(name).Default));

    [Fact]
    public void The_defaults_are_those_of_the_protocol() =>
        Assert.Equal(
            "max-line 8192 Bytes, idle-timeout 300000 Milliseconds, line-timeout 30000 Milliseconds, write-timeout 10000 Milliseconds, max-unread-output 65536 Bytes, max-errors 100 Count, max-connections 10000 Count, max-connections-per-address 0 Count",
            string.Join(", ", LimitTable.Rows.Select(static row => $"{row.Name} {row.Default} {row.Unit}"))
        );

    [Theory]
    [InlineData("max-line", "8k")]
    [InlineData("idle-timeout", "5m")]
    [InlineData("max-errors", "100")]
    public void A_value_is_written_in_the_units_of_its_limit(string name, string text)
    {
        Assert.Equal(text, Row(name).Notation.Format(Row(name).Default));
        Assert.Equal(Row(name).Default, Row(name).Notation.Parse(text));
    }

    [Fact]
    public void Every_row_has_a_description_and_a_rule() =>
        Assert.All(
            LimitTable.Rows,
            static row =>
            {
                Assert.EndsWith(".", row.Description, StringComparison.Ordinal);
                Assert.Matches("^[A-Z]-[0-9]+$", row.Rule);
            }
        );

    private static LimitSpec Row(string name) =>
        LimitTable.Rows.Single(row => string.Equals(row.Name, name, StringComparison.Ordinal));
}
