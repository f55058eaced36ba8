using System.Collections.Immutable;
using System.Text.Json;
using System.Xml.Linq;
using TinyTcp.Bench.Plan;
using TinyTcp.Bench.Reporting;
using TinyTcp.Bench.Running;
using TinyTcp.Bench.Statistics;
using Xunit;

namespace TinyTcp.Bench.Tests;

/// <summary>What is said of a run: here of one in which everybody costs the same, and one lost a cell.</summary>
public class ReportTests
{
    private static readonly ImmutableArray<Sample> Equal =
    [
        .. from round in (int[])[1, 2]
        from cell in ScenarioTable.Rows.SelectMany(static scenario => scenario.Cells)
        from contender in ContenderTable.Rows
        where cell.IsFor(contender)
        select new Sample(round, contender.Name, cell.Name, Measures.Cpu, 2.5),
    ];

    private static readonly Report Even = Of(Equal);

    [Fact]
    public void A_verdict_is_met_missed_or_not_measured()
    {
        var words = Even.Verdicts.ToLookup(static verdict => verdict.Word, StringComparer.Ordinal);
        Assert.Contains(
            words["met"],
            static verdict => verdict.Claim.Contains("times the C loop's, depth 1,")
        );
        Assert.Contains(words["MISSED"], static verdict => verdict.Claim.Contains("times Kestrel's"));
        Assert.Contains(words["not measured"], static verdict => verdict.Claim.Contains("a storm"));
    }

    [Fact]
    public void A_figure_of_several_cells_is_the_worst_ones()
    {
        var worst = ScenarioTable.Echo(100, 16, 1_000);
        var report = Of([
            .. Equal.Where(sample => sample.Contender != "TinyTCP JIT" || sample.Cell != worst.Name),
            new Sample(1, "TinyTCP JIT", worst.Name, Measures.Cpu, 10),
        ]);
        var verdict = report.Verdicts.Single(static verdict =>
            verdict.Claim == "TinyTCP JIT: CPU an ECHO, times the C loop's, depth 16, worst cell"
        );
        Assert.Equal(
            (worst.Name, 4.0),
            verdict.Found.Match(static found => (found.Where, found.Spread.Median), static () => ("", 0))
        );
    }

    [Fact]
    public void The_page_names_everything_that_was_done_left_out_or_lost()
    {
        var page = MarkdownReport.Render(Even);
        Assert.All(ScenarioTable.Rows, scenario => Assert.Contains($"## {scenario.Title}\n", page));
        Assert.All(ContenderTable.Rows, contender => Assert.Contains($" {contender.Name} |", page));
        Assert.Contains("- nobody: is not there", page);
        Assert.Contains("- round 2, redis, churn: the server closed", page);
    }

    [Fact]
    public void The_document_for_programs_can_be_read_and_holds_every_figure()
    {
        using var document = JsonDocument.Parse(JsonReport.Render(Even));
        var figures = document.RootElement.GetProperty("figures");
        Assert.Equal(
            Even.Taken.Length,
            figures.EnumerateArray().Sum(static row => row.GetProperty("rounds").GetArrayLength())
        );
        Assert.All(
            figures.EnumerateArray(),
            static row => Assert.Equal(2.5, row.GetProperty("rounds")[0].GetDouble())
        );
    }

    [Fact]
    public void The_chart_is_well_formed_and_has_a_bar_for_each_who_was_measured()
    {
        var chart = XDocument.Parse(SvgChart.Render(Even));
        var bars = chart
            .Descendants()
            .Where(static element => (string?)element.Attribute("class") is "ours" or "limit" or "other");
        var measured = ContenderTable.Rows.Count(static contender => contender.Part.HasFlag(Part.Time));
        Assert.Equal(ScenarioTable.Depths.Length * measured, bars.Count());
    }

    private static Report Of(ImmutableArray<Sample> taken) =>
        new(
            [new Fact("processor", "one <fast> & small")],
            Pace.Full with
            {
                Rounds = 2,
            },
            OpenRate: 80_000,
            ScenarioTable.Rows,
            ContenderTable.Rows,
            [new Fact("nobody", "is not there")],
            taken,
            [new Failure(2, "redis", "churn", "the server closed")]
        );
}
