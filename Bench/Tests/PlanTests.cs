using TinyTcp.Bench.Plan;
using Xunit;

namespace TinyTcp.Bench.Tests;

/// <summary>The plan's tables: names are what figures are found by.</summary>
public class PlanTests
{
    private static IEnumerable<Cell> Cells =>
        ScenarioTable.Rows.SelectMany(static scenario => scenario.Cells);

    [Fact]
    public void No_two_cells_have_one_name() =>
        Assert.Equal(
            Cells.Count(),
            Cells.Select(static cell => cell.Name).Distinct(StringComparer.Ordinal).Count()
        );

    [Fact]
    public void No_two_contenders_have_one_name() =>
        Assert.Distinct(
            ContenderTable.Rows.Select(static contender => contender.Name),
            StringComparer.Ordinal
        );

    [Fact]
    public void Every_cell_that_is_no_comparison_of_loops_is_the_limits_too() =>
        Assert.All(
            Cells.Where(static cell => !cell.Part.HasFlag(Part.Loops)),
            static cell => Assert.True(cell.IsFor(ContenderTable.Limit), cell.Name)
        );

    [Fact]
    public void Every_cell_has_somebody_and_everybody_has_a_cell()
    {
        Assert.All(Cells, static cell => Assert.Contains(ContenderTable.Rows, cell.IsFor));
        Assert.All(
            ContenderTable.Rows,
            static contender => Assert.Contains(Cells, cell => cell.IsFor(contender))
        );
    }

    [Fact]
    public void The_cell_that_gives_the_greatest_rate_is_one_of_the_matrix() =>
        Assert.Contains(ScenarioTable.Fastest, ScenarioTable.Matrix.Cells);
}
