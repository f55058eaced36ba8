using System.Reflection;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Transcripts;
using Xunit;

namespace TinyTcp.Tests.Conventions;

/// <summary>
/// Code outside Core cannot create a row of a table, or change one by <c>with</c>. A limit's row with other bounds
/// would permit limits outside the real ones (L-1); a command's row with another verb would keep the old bytes.
/// </summary>
public class TableRowTests
{
    public static TheoryData<Type> Rows =>
        [typeof(CommandSpec), typeof(LimitSpec), typeof(Placeholder), typeof(Transition)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_cannot_be_created_outside_Core(Type row) => Assert.Empty(row.GetConstructors());

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_cannot_be_changed_outside_Core(Type row) =>
        Assert.DoesNotContain(
            row.GetProperties(),
            static property => property.SetMethod is { IsPublic: true }
        );

    [Fact]
    public void A_limit_cannot_be_set_unchecked_outside_Core() =>
        Assert.DoesNotContain(
            typeof(LimitSpec).GetProperties().Concat(typeof(Limits).GetProperties()),
            static property =>
                property.SetMethod is { IsPublic: true }
                || property.PropertyType == typeof(Func<Limits, long, Limits>)
        );

    [Fact]
    public void Every_limit_has_a_row_with_its_name() =>
        Assert.Equal(
            LimitTable.Rows,
            from limit in typeof(Limits).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            select (LimitSpec)typeof(LimitTable).GetProperty(limit.Name)!.GetValue(null)!
        );
}
