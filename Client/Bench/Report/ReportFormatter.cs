using System.Collections.Immutable;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.Statistics;

namespace TinyTcp.Cli.Bench.Report;

/// <summary>Figures as people look at them, in fewer columns than a usual terminal has.</summary>
internal static class ReportFormatter
{
    private const int MaxBarLength = 40;

    // What stands beside the bars of a histogram.
    private const int LabelColumns = 26;

    /// <summary>The most rows of a histogram.</summary>
    internal const int MaxBars = 12;

    /// <summary>What is asked, and how: two lines.</summary>
    internal static string Describe(LoadProfile profile)
    {
        var size = profile.Size.Match(
            Some: static bytes => string.Create(CultureInfo.InvariantCulture, $" of {bytes} bytes"),
            None: static () => ""
        );
        var loop = profile.Rate.Match(
            Some: static rate => $"open loop, {Number(rate)} a second",
            None: static () => "closed loop"
        );
        return $"{profile.Verb}{size}, {loop}\n{Number(profile.Connections, "connection")}, depth {Number(profile.Depth)}";
    }

    /// <summary>A whole number.</summary>
    internal static string Number(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>So many of something.</summary>
    internal static string Number(long number, string singular) =>
        $"{Number(number)} {singular}{(number == 1 ? "" : "s")}";

    /// <summary>How many and how fast.</summary>
    internal static string Throughput(LoadSummary summary) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(summary.Replies == 1 ? "1 reply" : $"{Number(summary.Replies)} replies")} in {summary.Seconds:0.0} s: {summary.Rate:N0} a second"
        );

    /// <summary>What was due in that time, and not answered in it: two lines.</summary>
    internal static string LateReplies(LoadSummary summary) =>
        $"Of what was due in that time {Number(summary.Late)} were answered later,\nand {Number(summary.Unanswered)} not at all, which count as long as they had waited.";

    /// <summary>The percentiles, a column for each kind of latency.</summary>
    internal static IRenderable Percentiles(ImmutableArray<LatencySummary> latencies)
    {
        var table = new Table().NoBorder().AddColumn("");
        foreach (var each in latencies)
        {
            table.AddColumn(new TableColumn(Markup.Escape(each.Name)).RightAligned().Width(12));
        }

        foreach (var (at, row) in Percentile.Rows.Index())
        {
            table.AddRow([
                row.Name,
                .. latencies.Select(each => DurationFormat.FormatLatency(each.Percentiles[at].Nanoseconds)),
            ]);
        }

        return table.AddRow([
            "mean",
            .. latencies.Select(static each => DurationFormat.FormatLatency(each.Mean)),
        ]);
    }

    /// <summary>A histogram.</summary>
    /// <param name="latencies">Of what.</param>
    /// <param name="columns">How wide it may be.</param>
    /// <param name="maxBars">The most rows: 1 or more.</param>
    internal static IRenderable Histogram(
        HdrHistogram.HistogramBase latencies,
        int columns,
        int maxBars = MaxBars
    )
    {
        var room = Math.Clamp(columns - LabelColumns, 1, MaxBarLength);
        var table = new Table().NoBorder().HideHeaders();
        table.AddColumn(new TableColumn("").RightAligned().Width(10).NoWrap());
        table.AddColumn(new TableColumn("").Width(room).NoWrap());
        table.AddColumn(new TableColumn("").RightAligned().NoWrap());
        foreach (var bar in HistogramBuckets.Create(latencies, room, maxBars))
        {
            table.AddRow(
                $"≤ {DurationFormat.Format(bar.UpperBound)}",
                new string('#', bar.BarLength),
                Percentage(bar.Count, latencies.TotalCount)
            );
        }

        return table;
    }

    private static string Percentage(long count, long all) =>
        (100.0 * count / all).ToString("0.00", CultureInfo.InvariantCulture) + " %";
}
