using System.Collections.Immutable;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using TinyTcp.Cli.Benching.Reading;

namespace TinyTcp.Cli.Benching.Reporting;

/// <summary>Figures as people look at them, in fewer columns than a usual terminal has.</summary>
internal static class Drawing
{
    private const int BarRoom = 40;

    // What stands beside the bars of a histogram.
    private const int BesideBars = 26;

    /// <summary>The most rows of a histogram.</summary>
    internal const int BarRows = 12;

    /// <summary>What is asked, and how: two lines.</summary>
    internal static string Describe(Load load)
    {
        var size = load.Size.Match(
            Some: static bytes => string.Create(CultureInfo.InvariantCulture, $" of {bytes} bytes"),
            None: static () => ""
        );
        var loop = load.Rate.Match(
            Some: static rate => $"open loop, {Number(rate)} a second",
            None: static () => "closed loop"
        );
        return $"{load.Verb}{size}, {loop}\n{Number(load.Connections, "connection")}, depth {Number(load.Depth)}";
    }

    /// <summary>A whole number.</summary>
    internal static string Number(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>So many of something.</summary>
    internal static string Number(long number, string one) =>
        $"{Number(number)} {one}{(number == 1 ? "" : "s")}";

    /// <summary>How many and how fast.</summary>
    internal static string Throughput(Summary summary) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(summary.Replies == 1 ? "1 reply" : $"{Number(summary.Replies)} replies")} in {summary.Seconds:0.0} s: {summary.Rate:N0} a second"
        );

    /// <summary>What was due in that time, and not answered in it: two lines.</summary>
    internal static string Behind(Summary summary) =>
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
                .. latencies.Select(each => Length.ShowLatency(each.Percentiles[at].Nanoseconds)),
            ]);
        }

        return table.AddRow(["mean", .. latencies.Select(static each => Length.ShowLatency(each.Mean))]);
    }

    /// <summary>A histogram.</summary>
    /// <param name="latencies">Of what.</param>
    /// <param name="columns">How wide it may be.</param>
    /// <param name="most">The most rows: 1 or more.</param>
    internal static IRenderable Histogram(
        HdrHistogram.HistogramBase latencies,
        int columns,
        int most = BarRows
    )
    {
        var room = Math.Clamp(columns - BesideBars, 1, BarRoom);
        var table = new Table().NoBorder().HideHeaders();
        table.AddColumn(new TableColumn("").RightAligned().Width(10).NoWrap());
        table.AddColumn(new TableColumn("").Width(room).NoWrap());
        table.AddColumn(new TableColumn("").RightAligned().NoWrap());
        foreach (var bar in Bars.Of(latencies, room, most))
        {
            table.AddRow(
                $"≤ {Length.Show(bar.UpTo)}",
                new string('#', bar.Length),
                Share(bar.Count, latencies.TotalCount)
            );
        }

        return table;
    }

    private static string Share(long count, long all) =>
        (100.0 * count / all).ToString("0.00", CultureInfo.InvariantCulture) + " %";
}
