using System.Collections.Immutable;
using Spectre.Console;
using Spectre.Console.Rendering;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Bench.Report;

/// <summary>The screen while a run is under way.</summary>
/// <param name="Target">The server.</param>
/// <param name="Progress">What the run does now.</param>
/// <param name="Summary">The load and the statistics so far.</param>
/// <param name="Rates">The replies so far, over time.</param>
internal sealed record LiveView(
    ServerEndPoint Target,
    LoadProgress Progress,
    LoadSummary Summary,
    RateHistory Rates
)
{
    private const int MaxBins = 10;
    private const int MinBarColumns = 8;

    private bool HasLatencies => Summary.Result.LatencyFromDue.Count > 0;

    /// <summary>The rows of the screen.</summary>
    /// <param name="bars">The characters of charts.</param>
    /// <param name="useColors">Whether to colour.</param>
    /// <param name="width">The columns.</param>
    /// <param name="height">The most rows.</param>
    internal ImmutableArray<string> Render(Bars bars, bool useColors, int width, int height)
    {
        if (width < BenchTextReport.WideColumns)
        {
            var figures = Rows(Figures(bars, width));
            var chart = height - figures.Length - 1;
            return
            [
                .. figures.Take(height),
                .. HasLatencies && chart > 1
                    ? ["", .. Rows([Histogram(bars, width, chart)])]
                    : Array.Empty<string>(),
            ];
        }

        var half = BenchTextReport.HalfOf(width);
        return
        [
            .. Rows([
                    BenchTextReport.SideBySide(
                        new Rows(Figures(bars, half)),
                        HasLatencies ? Histogram(bars, half, height) : Text.Empty,
                        half
                    ),
                ])
                .Take(height),
        ];

        ImmutableArray<string> Rows(IEnumerable<IRenderable> widgets) =>
            BenchWidgets.Render(new Rows(widgets), useColors, width);
    }

    private IRenderable Histogram(Bars bars, int width, int rowCount) =>
        BenchWidgets.Histogram(Summary.Result.LatencyFromDue, Math.Min(MaxBins, rowCount), bars, width);

    private IEnumerable<IRenderable> Figures(Bars bars, int width) =>
        [
            BenchWidgets.Settings(Target, Summary.Profile, width),
            ProgressLine(bars, width),
            .. HasLatencies
                ?
                [
                    BenchWidgets.Throughput(Summary.Result.Replies, Summary.Seconds),
                    BenchWidgets.Latencies(Summary.Latencies, width),
                ]
                : Enumerable.Empty<IRenderable>(),
            .. Rates.HasSeveral ? [BenchWidgets.Rates(Rates, bars, width)] : Enumerable.Empty<IRenderable>(),
        ];

    private Paragraph ProgressLine(Bars bars, int width)
    {
        var columns = width - Progress.Name.Length - Progress.Detail.Length - 2;
        var bar = Progress
            .Fraction.Filter(_ => columns >= MinBarColumns)
            .Map(fraction => $"{bars.Bar(fraction, columns).PadRight(columns)} ")
            .IfNone("");
        return new Paragraph($"{Progress.Name} ").Append(bar, Theme.Prompt).Append(Progress.Detail);
    }
}
