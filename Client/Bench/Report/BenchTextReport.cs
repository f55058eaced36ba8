using System.Collections.Immutable;
using Spectre.Console;
using Spectre.Console.Rendering;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.Statistics;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Bench.Report;

/// <summary>A result as text. The figures that matter are last; side by side with the charts on a wide terminal.</summary>
internal static class BenchTextReport
{
    /// <summary>From this width on, charts and figures are side by side.</summary>
    internal const int WideColumns = 100;

    private const int BinCount = 8;
    private const int Gap = 4;

    /// <summary>The report.</summary>
    /// <param name="result">The result.</param>
    /// <param name="goals">The goals.</param>
    /// <param name="bars">The characters of charts.</param>
    /// <param name="width">The columns.</param>
    internal static IRenderable Create(BenchResult result, ImmutableArray<Goal> goals, Bars bars, int width)
    {
        if (result.Summary.Result.LatencyFromDue.Count == 0 || width < WideColumns)
        {
            return new Rows([.. Charts(result, bars, width), .. Figures(result, goals, width)]);
        }

        var half = HalfOf(width);
        return SideBySide(
            new Rows(Charts(result, bars, half).SkipLast(1)),
            new Rows(Figures(result, goals, half)),
            half
        );
    }

    /// <summary>The columns of each of two widgets beside each other.</summary>
    internal static int HalfOf(int width) => (width - Gap) / 2;

    /// <summary>Two widgets beside each other.</summary>
    internal static Grid SideBySide(IRenderable left, IRenderable right, int half) =>
        new Grid()
            .AddColumn(new GridColumn().Width(half).PadLeft(0).PadRight(Gap))
            .AddColumn(new GridColumn().Width(half).PadLeft(0).PadRight(0))
            .AddRow(left, right);

    private static IEnumerable<IRenderable> Charts(BenchResult result, Bars bars, int width) =>
        result.Summary.Result.LatencyFromDue.Count == 0
            ? []
            :
            [
                BenchWidgets.Histogram(result.Summary.Result.LatencyFromDue, BinCount, bars, width),
                Text.Empty,
                .. result.Rates.HasSeveral
                    ? [BenchWidgets.Rates(result.Rates, bars, width), Text.Empty]
                    : Enumerable.Empty<IRenderable>(),
            ];

    private static IEnumerable<IRenderable> Figures(
        BenchResult result,
        ImmutableArray<Goal> goals,
        int width
    ) =>
        [
            BenchWidgets.Settings(result.Target, result.Summary.Profile, width),
            .. result.Jitter.Map(FormatJitter).AsEnumerable(),
            .. result.Summary.Result.LatencyFromDue.Count == 0
                ? Enumerable.Empty<IRenderable>()
                : [BenchWidgets.Latencies(result.Summary.Latencies, width)],
            .. OtherRequests(result.Summary.Result),
            BenchWidgets.Throughput(result.Summary.Result.Replies, result.Summary.Seconds),
            .. goals.Select(goal => Format(goal, result.Summary)),
        ];

    private static IEnumerable<IRenderable> OtherRequests(LoadResult result) =>
        new (long Count, string What)[]
        {
            (result.Late, "answered after the measurement"),
            (result.Unanswered, "never answered, counted with the wait so far"),
            (result.InFlight, "in flight when interrupted, not counted"),
        }
            .Where(static row => row.Count > 0)
            .Select(static row => new Text(
                $"{BenchWidgets.Count(row.Count, "request", "requests")} {row.What}"
            ));

    private static Markup Format(Goal goal, LoadSummary summary)
    {
        var verdict = goal.IsReached(summary) ? "[green]reached[/]" : "[red]MISSED[/]";
        return new($"Goal {Markup.Escape(goal.Text)}: {verdict}, {Markup.Escape(goal.Describe(summary))}");
    }

    private static IRenderable FormatJitter(LatencyHistogram gaps)
    {
        var (usual, longest) = (Percentile.P999, Percentile.Max);
        return new Text(
            $"Jitter of this machine: {usual.Name} {Format(usual)}, {longest.Name} {Format(longest)}"
        );

        string Format(Percentile percentile) => DurationFormat.FormatLatency(gaps.ValueAt(percentile));
    }
}
