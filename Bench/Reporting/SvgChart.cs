using System.Collections.Immutable;
using System.Globalization;
using System.Security;
using LanguageExt;
using TinyTcp.Bench.Plan;
using TinyTcp.Bench.Statistics;

namespace TinyTcp.Bench.Reporting;

/// <summary>
/// The chart: CPU per request at 50 connections as multiples of the C loop's, one group of bars a depth. The scale is
/// logarithmic, since some are seventy times others. Colours follow the reader's light or dark theme.
/// </summary>
internal static class SvgChart
{
    private const double LabelWidth = 150;
    private const double ValueWidth = 130;
    private const double PlotWidth = 440;
    private const double BarHeight = 16;
    private const double RowHeight = 24;
    private const double GroupGap = 44;
    private const double Top = 64;
    private const double Least = 0.5;

    private const string Style = """
        <style>
          .ground { fill: #ffffff } text { fill: #1f2328; font: 13px system-ui, sans-serif }
          .title { font-size: 16px; font-weight: 600 } .group { font-weight: 600 } .small { fill: #59636e; font-size: 11px }
          .value { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round }
          .ours { fill: #0969da } .limit { fill: #1a7f37 } .other { fill: #afb8c1 }
          .grid { stroke: #d1d9e0; stroke-width: 1 } .one { stroke: #1a7f37; stroke-width: 1.5 } .spread { stroke: #1f2328; stroke-width: 1.5 }
          @media (prefers-color-scheme: dark) {
            .ground { fill: #0d1117 } text { fill: #e6edf3 } .small { fill: #9198a1 } .value { stroke: #0d1117 }
            .ours { fill: #4493f8 } .limit { fill: #3fb950 } .other { fill: #656c76 }
            .grid { stroke: #30363d } .one { stroke: #3fb950 } .spread { stroke: #e6edf3 }
          }
        </style>
        """;

    /// <summary>The picture.</summary>
    public static string Render(Report report)
    {
        var groups = ScenarioTable
            .Depths.Select(depth => new Group(depth, Bars(report, depth)))
            .Where(static group => !group.Bars.IsEmpty)
            .ToImmutableArray();
        var most = groups.SelectMany(static group => group.Bars).Select(static bar => bar.Ratio.Most);
        var scale = new Scale(Math.Max(2, most.DefaultIfEmpty(1).Max()));
        var width = LabelWidth + PlotWidth + ValueWidth;
        var height = groups.Aggregate(Top, static (y, group) => y + Height(group)) + 8;
        return string.Join(
            "\n",
            [
                Invariant(
                    $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\">"
                ),
                "<title>Server CPU per ECHO as a multiple of a C epoll loop's</title>",
                Style,
                Invariant($"<rect class=\"ground\" width=\"{width}\" height=\"{height}\"/>"),
                "<text class=\"title\" x=\"12\" y=\"26\">Server CPU per ECHO of 5 bytes, as a multiple of a C epoll loop's</text>",
                Invariant(
                    $"<text class=\"small\" x=\"12\" y=\"44\">{ScenarioTable.UsualConnections} connections; median of {report.Pace.Rounds} interleaved rounds, line from least to greatest; logarithmic; less is better</text>"
                ),
                .. Placed(groups).SelectMany(placed => Draw(placed.Group, placed.Y, scale)),
                "</svg>",
                "",
            ]
        );
    }

    private static ImmutableArray<Bar> Bars(Report report, int depth) =>
        [
            .. report.Contenders.Choose(contender =>
                report
                    .Samples.Ratio(
                        contender.Name,
                        ContenderTable.Limit.Name,
                        CellOf(contender, depth).Name,
                        Measures.Cpu
                    )
                    .Map(ratio => new Bar(contender, ratio))
            ),
        ];

    // Who knows no ECHO is compared by its request without payload.
    private static Cell CellOf(Contender contender, int depth)
    {
        var echo = ScenarioTable.Echo(5, depth, ScenarioTable.UsualConnections);
        return echo.IsFor(contender) ? echo : ScenarioTable.Time(depth, ScenarioTable.UsualConnections);
    }

    private static IEnumerable<(Group Group, double Y)> Placed(ImmutableArray<Group> groups)
    {
        var y = Top;
        foreach (var group in groups)
        {
            yield return (group, y);
            y += Height(group);
        }
    }

    private static double Height(Group group) => (group.Bars.Length * RowHeight) + GroupGap;

    private static IEnumerable<string> Draw(Group group, double y, Scale scale)
    {
        var bottom = y + 22 + (group.Bars.Length * RowHeight);
        return
        [
            Invariant($"<text class=\"group\" x=\"12\" y=\"{y + 14}\">Pipeline depth {group.Depth}</text>"),
            .. scale.Marks.Select(mark => Grid(mark, y + 20, bottom, scale)),
            .. group.Bars.SelectMany((bar, place) => Draw(bar, y + 24 + (place * RowHeight), scale)),
        ];
    }

    private static string Grid(double mark, double top, double bottom, Scale scale) =>
        Invariant(
            $"<line class=\"{(mark == 1 ? "one" : "grid")}\" x1=\"{scale.At(mark)}\" y1=\"{top}\" x2=\"{scale.At(mark)}\" y2=\"{bottom}\"/>"
        )
        + Invariant(
            $"<text class=\"small\" text-anchor=\"middle\" x=\"{scale.At(mark)}\" y=\"{bottom + 12}\">{mark}×</text>"
        );

    private static IEnumerable<string> Draw(Bar bar, double y, Scale scale)
    {
        var (end, middle) = (scale.At(bar.Ratio.Median), y + (BarHeight / 2));
        return
        [
            Invariant(
                $"<text text-anchor=\"end\" x=\"{LabelWidth - 10}\" y=\"{y + 13}\">{SecurityElement.Escape(Label(bar.Contender))}</text>"
            ),
            Invariant(
                $"<rect class=\"{Class(bar.Contender)}\" x=\"{LabelWidth}\" y=\"{y}\" width=\"{end - LabelWidth}\" height=\"{BarHeight}\"/>"
            ),
            Invariant(
                $"<line class=\"spread\" x1=\"{scale.At(bar.Ratio.Least)}\" y1=\"{middle}\" x2=\"{scale.At(bar.Ratio.Most)}\" y2=\"{middle}\"/>"
            ),
            Invariant(
                $"<text class=\"value\" x=\"{scale.At(bar.Ratio.Most) + 8}\" y=\"{y + 13}\">{Figure.Show(bar.Ratio.Median)}×</text>"
            ),
        ];
    }

    private static string Label(Contender contender) =>
        contender == ContenderTable.Memcached ? "memcached (mn)" : contender.Name;

    private static string Class(Contender contender) =>
        contender == ContenderTable.Limit ? "limit"
        : contender.Name.StartsWith("TinyTCP", StringComparison.Ordinal) ? "ours"
        : "other";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Bar(Contender Contender, Spread Ratio);

    private sealed record Group(int Depth, ImmutableArray<Bar> Bars);

    private sealed record Scale(double Most)
    {
        /// <summary>The multiples that are marked.</summary>
        public IEnumerable<double> Marks =>
            Enumerable.Range(-1, 12).Select(static power => Math.Pow(2, power)).Where(mark => mark <= Most);

        /// <summary>Where a multiple stands, from the left.</summary>
        public double At(double ratio) =>
            Math.Round(
                LabelWidth + (PlotWidth * Math.Log(Math.Max(ratio, Least) / Least) / Math.Log(Most / Least)),
                1
            );
    }
}
