using System.Collections.Immutable;
using TinyTcp.Bench.Plan;
using TinyTcp.Bench.Reports;
using TinyTcp.Bench.Statistics;
using Xunit;

namespace TinyTcp.Bench.Tests.Reports;

/// <summary>The report of a run in which every measure of the n-th participant of a workload is n times 2.</summary>
public class MarkdownReportTests
{
    private static readonly string Page = MarkdownReport.Render(
        new(
            [new Fact("processor", "one")],
            Rounds: 2,
            OpenRate: 80_000,
            ScenarioTable.Rows,
            ContenderTable.Rows,
            [new Fact("another", "is not installed")],
            new(Samples()),
            [new Failure(2, "redis", "churn", "the server closed the connection")]
        )
    );

    [Fact]
    public void Each_scenario_has_a_section_and_each_contender_a_column() =>
        Assert.All(
            ScenarioTable
                .Rows.Select(static scenario => $"\n## {scenario.Title}\n")
                .Concat(ContenderTable.Rows.Select(static contender => $" {contender.Name} |")),
            static expected => Assert.Contains(expected, Page, StringComparison.Ordinal)
        );

    [Theory]
    [InlineData(
        "| churn | C loop | 2.00 (2.00–2.00) | 2.00 (2.00–2.00) | 2.00 (2.00–2.00) | 1.00 (1.00–1.00) |"
    )]
    [InlineData(
        "| churn | TinyTCP JIT | 6.00 (6.00–6.00) | 6.00 (6.00–6.00) | 6.00 (6.00–6.00) | 3.00 (3.00–3.00) |"
    )]
    [InlineData(
        "| 100 callers | TinyTcp.Client | 2.00 (2.00–2.00) | 2.00 (2.00–2.00) | 2.00 (2.00–2.00) | 0.500 (0.500–0.500) |"
    )]
    public void A_row_has_all_measures_and_the_ratio_to_the_baseline(string row) =>
        Assert.Contains($"\n{row}\n", Page, StringComparison.Ordinal);

    [Fact]
    public void A_row_of_the_matrix_has_ratios_and_a_dash_for_what_was_not_measured()
    {
        var row = Page.Split('\n')
            .First(static line => line.StartsWith("| ECHO 5 · depth 1 · 50", StringComparison.Ordinal));
        var memcached = ContenderTable
            .Rows.Select(static contender => contender.Name)
            .ToList()
            .IndexOf("memcached");
        var cells = row.Split(" | ");
        Assert.Equal("2.00 (2.00–2.00)", cells[2]);
        Assert.Equal("2.00 (2.00–2.00)", cells[3]);
        Assert.Equal("–", cells[2 + memcached]);
    }

    [Theory]
    [InlineData("The rate: 80,000 requests per second.")]
    [InlineData("| processor | one |")]
    [InlineData("- another: is not installed")]
    [InlineData("- round 2, redis, churn: the server closed the connection")]
    public void The_page_has_the_facts_of_the_run(string line) =>
        Assert.Contains($"\n{line}\n", Page, StringComparison.Ordinal);

    private static ImmutableArray<Sample> Samples() =>
        [
            .. from round in (int[])[1, 2]
            from scenario in ScenarioTable.Rows
            from workload in scenario.Workloads
            from participant in workload
                .Participants(ContenderTable.Rows)
                .Select((name, index) => (name, index))
            from measure in scenario.Measures.Union([MeasureNames.ServerCpu, MeasureNames.ClientCpu])
            select new Sample(
                round,
                participant.name,
                workload.Name,
                new(measure, 2 * (participant.index + 1))
            ),
        ];
}
