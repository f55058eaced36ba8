using System.Collections.Immutable;
using System.Globalization;
using TinyTcp.Bench.Plan;
using TinyTcp.Bench.Statistics;

namespace TinyTcp.Bench.Reports;

/// <summary>A report as a Markdown page.</summary>
internal static class MarkdownReport
{
    /// <summary>The page.</summary>
    public static string Render(Report report) =>
        string.Join(
            "\n",
            [
                "# Results",
                "",
                "Written by `Bench/run`; [the README](../README.md) explains the figures. A figure is the median of",
                $"{report.Rounds} interleaved rounds, with the minimum and maximum in parentheses.",
                "",
                .. report.Scenarios.SelectMany(scenario => Section(report, scenario)),
                "## Machine and versions",
                "",
                .. Table(["", ""], report.Machine.Select(static fact => (string[])[fact.Name, fact.Value])),
                .. List("Left out:", report.Absent.Select(static fact => $"{fact.Name}: {fact.Value}")),
                .. List(
                    "Failed:",
                    report.Failures.Select(static failure =>
                        $"round {failure.Round}, {failure.Participant}, {failure.Workload}: {failure.Reason}"
                    )
                ),
            ]
        );

    private static IEnumerable<string> Section(Report report, Scenario scenario) =>
        [
            $"## {scenario.Title}",
            "",
            scenario.Note,
            .. scenario.Workloads.Any(static workload => workload.Mode == Mode.Open) ? Rate(report) : [],
            "",
            .. scenario == ScenarioTable.Matrix
                ? scenario.Measures.SelectMany(measure => Matrix(report, measure))
                : Listing(report, scenario),
        ];

    private static IEnumerable<string> Rate(Report report) =>
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"The rate: {report.OpenRate:#,0} requests per second."
            ),
        ];

    /// <summary>A row per workload, and a column per contender.</summary>
    private static IEnumerable<string> Matrix(Report report, string measure)
    {
        var columns = report
            .Contenders.Where(static contender =>
                contender != ContenderTable.Baseline
                && ScenarioTable.Matrix.Workloads.Any(workload => workload.Includes(contender))
            )
            .ToImmutableArray();
        return
        [
            $"{measure} of the C loop, and ratios of the others to it; of the load driver its own CPU µs with the C loop:",
            "",
            .. Table(
                [
                    "",
                    "load driver",
                    ContenderTable.Baseline.Name,
                    .. columns.Select(static contender => contender.Name),
                ],
                ScenarioTable.Matrix.Workloads.Select(workload =>
                    (string[])
                        [
                            workload.Name,
                            Absolute(report, workload.Baseline, workload, MeasureNames.ClientCpu),
                            Absolute(report, workload.Baseline, workload, measure),
                            .. columns.Select(contender => Ratio(report, contender.Name, workload, measure)),
                        ]
                )
            ),
        ];
    }

    /// <summary>A row per workload and participant, and a column per measure.</summary>
    private static IEnumerable<string> Listing(Report report, Scenario scenario) =>
        Table(
            ["", "", .. scenario.Measures, $"ratio of {WithoutUnit(scenario.Measures[0])}"],
            from workload in scenario.Workloads
            from participant in workload.Participants(report.Contenders)
            select (string[])
                [
                    workload.Name,
                    participant,
                    .. scenario.Measures.Select(measure => Absolute(report, participant, workload, measure)),
                    Ratio(report, participant, workload, scenario.Measures[0]),
                ]
        );

    private static string WithoutUnit(string measure) => measure[..measure.LastIndexOf(' ')];

    private static string Absolute(Report report, string participant, Workload workload, string measure) =>
        NumberText.Format(report.Samples.Summarize(participant, workload.Name, measure));

    private static string Ratio(Report report, string participant, Workload workload, string measure) =>
        NumberText.Format(report.Samples.Ratio(participant, workload.Baseline, workload.Name, measure));

    private static IEnumerable<string> List(string heading, IEnumerable<string> items)
    {
        var lines = items.Select(static item => $"- {item}").ToList();
        return lines.Count == 0 ? [] : [heading, "", .. lines, ""];
    }

    private static IEnumerable<string> Table(ImmutableArray<string> heading, IEnumerable<string[]> rows) =>
        [Row(heading), Row(heading.Select(static _ => "---")), .. rows.Select(Row), ""];

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
