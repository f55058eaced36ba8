using System.Collections.Immutable;
using System.Globalization;
using LanguageExt;
using Spectre.Console;
using Spectre.Console.Rendering;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.Statistics;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client.Primitives;
using static System.FormattableString;

namespace TinyTcp.Cli.Bench.Report;

/// <summary>The parts of the screens of a run.</summary>
internal static class BenchWidgets
{
    // The space between columns.
    private const int Gap = 2;

    /// <summary>The server and the load.</summary>
    internal static Rows Settings(ServerEndPoint target, LoadProfile profile, int width)
    {
        var size = profile.Size.Map(static bytes => $" of {Count(bytes, "byte", "bytes")}").IfNone("");
        var loop = profile
            .Rate.Map(static rate => Invariant($"open loop, {rate:N0} a second"))
            .IfNone("closed loop");
        var count = profile
            .Count.Map(static number => $", {Count(number, "request", "requests")}")
            .IfNone("");
        return new(
            new Text(DisplayWidth.EllipsizeMiddle(Sanitizer.Sanitize(target), width), Theme.Prompt),
            new Text(
                Invariant(
                    $"{profile.Verb}{size}, {loop}{count}, {Count(profile.Connections, "connection", "connections")}, depth {profile.Depth:N0}"
                )
            )
        );
    }

    /// <summary>The number and the rate of replies. The first wrong one would have ended the run.</summary>
    internal static Text Throughput(long replies, double seconds) =>
        new(
            Invariant(
                $"{Count(replies, "reply", "replies")} in {seconds:0.0} s: {(seconds > 0 ? replies / seconds : 0):N0} a second{(replies > 0 ? ", every reply correct" : "")}"
            )
        );

    /// <summary>The rate of replies over time, of a history with several intervals.</summary>
    internal static Rows Rates(RateHistory history, Bars bars, int width)
    {
        var rates = history.Rates(width);
        return new(
            new Text(
                Invariant(
                    $"Replies a second over time: {rates.Min():N0} to {rates.Max():N0}, last {rates[^1]:N0}"
                ),
                Theme.Hint
            ),
            new Text(bars.Sparkline(rates), Theme.Prompt)
        );
    }

    /// <summary>A bar for each bin of latencies.</summary>
    internal static IRenderable Histogram(LatencyHistogram latencies, int rowCount, Bars bars, int width)
    {
        var grid = new Grid()
            .AddColumn(new GridColumn().NoWrap().RightAligned().PadLeft(0).PadRight(1))
            .AddColumn(new GridColumn().NoWrap().RightAligned().PadLeft(0).PadRight(1))
            .AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(0));
        var bins = LatencyBin.Divide(latencies, rowCount);
        var rows = bins.Select(bin =>
                (
                    Limit: $"{(bars.IsUnicode ? "≤" : "<=")} {DurationFormat.Format(bin.MaxNanoseconds)}",
                    Share: Percentage(bin.Count, latencies.Count)
                )
            )
            .ToList();
        var columns = Math.Max(
            0,
            width - rows.Max(static row => row.Limit.Length) - rows.Max(static row => row.Share.Length) - Gap
        );
        var highest = bins.Max(static bin => bin.Count);
        foreach (var (bin, (limit, share)) in bins.Zip(rows))
        {
            grid.AddRow(
                new Text(limit),
                new Text(share),
                new Text(
                    bars.Bar((double)bin.Count / highest, columns),
                    StyleOf(bin.MaxNanoseconds, latencies)
                )
            );
        }

        return grid;
    }

    /// <summary>The statistics of latencies.</summary>
    internal static Grid Latencies(
        ImmutableArray<(string Name, LatencyHistogram Values)> latencies,
        int width
    ) =>
        new FigureTable([
            [FigureTable.Cell.Name(""), .. LatencyHistogram.StatisticNames.Select(FigureTable.Cell.Name)],
            .. latencies.Select(static latency =>
                LatencyHistogram
                    .StatisticNames.Select(name => Cell(latency.Values, name))
                    .Prepend(FigureTable.Cell.Name(latency.Name))
                    .ToImmutableArray()
            ),
        ]).ToGrid(width);

    /// <summary>A number of something.</summary>
    internal static string Count(long number, string singular, string plural) =>
        Invariant($"{number:N0} {(number == 1 ? singular : plural)}");

    /// <summary>The printed rows of a widget, without spaces at their ends.</summary>
    internal static ImmutableArray<string> Render(IRenderable widget, bool useColors, int width)
    {
        using var output = new StringWriter { NewLine = "\n" };
        ConsoleFactory.Create(output, useColors, width).Write(widget);
        return [.. $"{output}".TrimEnd('\n').Split('\n').Select(static row => row.TrimEnd())];
    }

    private static FigureTable.Cell Cell(LatencyHistogram latencies, string statistic)
    {
        var value = latencies.ValueOf(statistic);
        // Without a space all of them fit beside each other in 80 columns, whatever they are.
        return new(
            DurationFormat.FormatLatency(value).Replace(" ", "", StringComparison.Ordinal),
            value
                .Filter(_ => statistic != LatencyHistogram.DeviationName)
                .Map(known => StyleOf(known, latencies))
                .IfNone(Style.Plain)
        );
    }

    private static Style StyleOf(long nanoseconds, LatencyHistogram latencies) =>
        latencies
            .ValueAt(Percentile.P50)
            .Map(median => Theme.LatencyStyle(nanoseconds, median))
            .IfNone(Style.Plain);

    private static string Percentage(long count, long all) =>
        $"{(100.0 * count / all).ToString("0.00", CultureInfo.InvariantCulture)} %";
}
