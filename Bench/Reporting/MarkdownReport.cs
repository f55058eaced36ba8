using System.Collections.Immutable;
using System.Globalization;
using TinyTcp.Bench.Plan;
using TinyTcp.Bench.Statistics;

namespace TinyTcp.Bench.Reporting;

/// <summary>A run as a page for people.</summary>
internal static class MarkdownReport
{
    private static readonly ImmutableArray<string> Order =
    [
        Measures.Cpu,
        Measures.LoadCpu,
        Measures.Rate,
        Measures.P50,
        Measures.P90,
        Measures.P99,
        Measures.P999,
        Measures.Longest,
        Measures.Late,
        Measures.FirstReply,
        Measures.Resident,
        Measures.FileSize,
        Measures.IdleResident,
        Measures.IdleAnonymous,
        Measures.ResidentLeft,
        Measures.DescriptorsLeft,
    ];

    /// <summary>The page.</summary>
    public static string Render(Report report) =>
        string.Join(
            "\n",
            [
                "# Results",
                "",
                "Written by `Bench/run`; how to read it is in [the README](../README.md). A figure is the median of",
                $"{report.Pace.Rounds} interleaved rounds, with the least and the greatest of them in parentheses.",
                "",
                "![Server CPU per ECHO](latest.svg)",
                "",
                "## What the server has to show",
                "",
                Verdicts(report.Verdicts),
                "",
                "What does not depend on noise, a test says: bytes allocated and system calls a request, and a log that hangs.",
                "",
                .. report.Scenarios.SelectMany(scenario => Section(report, scenario)),
                "## Where, and with what",
                "",
                Table(["", ""], report.Machine.Select(static fact => (string[])[fact.Name, fact.Value])),
                .. Missing(report),
            ]
        );

    /// <summary>The promises and what became of them, as a table.</summary>
    public static string Verdicts(IEnumerable<Verdict> verdicts) =>
        Table(
            ["figure", "target", "measured", "where it is worst", "verdict"],
            verdicts.Select(static verdict =>
                (string[])
                    [
                        verdict.Claim,
                        verdict.Target,
                        Figure.Show(verdict.Found.Map(static finding => finding.Spread)),
                        verdict.Found.Match(static finding => finding.Where, static () => ""),
                        verdict.Word,
                    ]
            )
        );

    private static IEnumerable<string> Section(Report report, Scenario scenario) =>
        [
            $"## {scenario.Title}",
            "",
            scenario.Note,
            .. scenario == ScenarioTable.Latency ? Rate(report) : [],
            "",
            .. scenario == ScenarioTable.Matrix ? Matrix(report) : [Listing(report, scenario), ""],
        ];

    private static IEnumerable<string> Rate(Report report) =>
        [string.Create(CultureInfo.InvariantCulture, $"The rate: {report.OpenRate:#,0} requests a second.")];

    /// <summary>Cells down, contenders across: CPU, and what got through.</summary>
    private static IEnumerable<string> Matrix(Report report) =>
        [
            "Server CPU a request, as a multiple of the C loop's; the C loop's own in µs:",
            "",
            Matrix(report, Measures.Cpu),
            "",
            "Requests a second, as a multiple of the C loop's; the C loop's own as they are:",
            "",
            Matrix(report, Measures.Rate),
            "",
            "The driver's CPU a request, in µs, when it talks to the C loop:",
            "",
            Table(
                ["", "driver", "C loop"],
                ScenarioTable.Matrix.Cells.Select(cell =>
                    (string[])
                        [
                            cell.Name,
                            Absolute(report, ContenderTable.Limit, cell, Measures.LoadCpu),
                            Absolute(report, ContenderTable.Limit, cell, Measures.Cpu),
                        ]
                )
            ),
            "",
        ];

    private static string Matrix(Report report, string measure)
    {
        var across = report
            .Contenders.Where(static contender =>
                ScenarioTable.Matrix.Cells.Any(cell => cell.IsFor(contender))
            )
            .ToImmutableArray();
        return Table(
            ["", .. across.Select(static contender => contender.Name)],
            ScenarioTable.Matrix.Cells.Select(cell =>
                (string[])
                    [cell.Name, .. across.Select(contender => Relative(report, contender, cell, measure))]
            )
        );
    }

    /// <summary>Contenders down, measures across: whatever was measured.</summary>
    private static string Listing(Report report, Scenario scenario)
    {
        var rows = (
            from cell in scenario.Cells
            from contender in report.Contenders
            where Order.Any(measure => report.Samples.Of(contender.Name, cell.Name, measure).IsSome)
            select (Cell: cell, Contender: contender)
        ).ToImmutableArray();
        var measures = Order
            .Where(measure =>
                rows.Any(row => report.Samples.Of(row.Contender.Name, row.Cell.Name, measure).IsSome)
            )
            .ToImmutableArray();
        return Table(
            ["", "", .. measures, "CPU to C"],
            rows.Select(row =>
                (string[])
                    [
                        row.Cell.Name,
                        row.Contender.Name,
                        .. measures.Select(measure => Absolute(report, row.Contender, row.Cell, measure)),
                        Figure.Show(
                            report.Samples.Ratio(
                                row.Contender.Name,
                                ContenderTable.Limit.Name,
                                row.Cell.Name,
                                Measures.Cpu
                            )
                        ),
                    ]
            )
        );
    }

    private static string Relative(Report report, Contender contender, Cell cell, string measure) =>
        contender == ContenderTable.Limit
            ? Absolute(report, contender, cell, measure)
            : Figure.Show(
                report.Samples.Ratio(contender.Name, ContenderTable.Limit.Name, cell.Name, measure)
            );

    private static string Absolute(Report report, Contender contender, Cell cell, string measure) =>
        Figure.Show(report.Samples.Of(contender.Name, cell.Name, measure));

    private static IEnumerable<string> Missing(Report report) =>
        [
            .. report.Absent.IsEmpty ? [] : (string[])["", "Left out:", ""],
            .. report.Absent.Select(static fact => $"- {fact.Name}: {fact.Value}"),
            .. report.Failures.IsEmpty ? [] : (string[])["", "Failed:", ""],
            .. report.Failures.Select(static failure =>
                $"- round {failure.Round}, {failure.Contender}, {failure.Cell}: {failure.Reason}"
            ),
            "",
        ];

    private static string Table(IEnumerable<string> heading, IEnumerable<string[]> rows)
    {
        var columns = heading.ToImmutableArray();
        return string.Join(
            "\n",
            [Row(columns), Row(columns.Select(static _ => "---")), .. rows.Select(static row => Row(row))]
        );
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
