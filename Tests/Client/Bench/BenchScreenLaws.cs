using System.Collections.Immutable;
using TinyTcp.Cli.Bench.Report;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.Terminals;
using TinyTcp.Tests.Client.Shell;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>What <c>bench</c> shows during a run and after it, for any measurements and any terminal.</summary>
public class BenchScreenLaws
{
    private const int Wide = 10_000;

    [Law]
    public void The_live_view_fits_the_terminal_and_names_the_server(
        MeasuredRun run,
        bool isUnicode,
        bool useColors
    )
    {
        var rows = run.View.Render(new Bars(isUnicode), useColors, run.Width, run.Height);
        Assert.InRange(rows.Length, 1, run.Height);
        Assert.All(rows, row => Assert.InRange(FakeTerminal.WidthOf(row), 0, run.Width));
        Assert.Contains("[2001:", rows[0], StringComparison.Ordinal);
        Assert.Contains(":65535", rows[0], StringComparison.Ordinal);
    }

    [Law]
    public void The_report_fits_the_terminal_and_splits_no_number(MeasuredRun run)
    {
        var rows = Report(run, run.Width);
        Assert.All(rows, row => Assert.InRange(FakeTerminal.WidthOf(row), 0, run.Width));
        Assert.Equal(NumericWords(Report(run, Wide)), NumericWords(rows));
    }

    [Law]
    public void The_report_of_any_run_fits_24_rows_of_80_columns_with_a_prompt(MeasuredRun run) =>
        Assert.InRange(Report(run, Terminal.DefaultWidth).Length, 1, Terminal.DefaultHeight - 2);

    [Law]
    public void Without_Unicode_charts_are_ASCII(MeasuredRun run) =>
        Assert.All(
            run.View.Render(new Bars(IsUnicode: false), useColors: false, run.Width, run.Height),
            static row => Assert.True(row.All(static letter => char.IsAscii(letter) || letter is 'µ' or '≥'))
        );

    [Law]
    public void The_replies_over_time_are_never_lost_and_have_few_intervals(MeasuredRun run)
    {
        var history = Enumerable
            .Repeat(run.Replies, 20)
            .SelectMany(static replies => replies)
            .Aggregate(
                new RateHistory(),
                static (known, replies) => known.Add(MeasuredRun.Interval, replies)
            );
        Assert.Equal(20 * run.Summary.Result.Replies, history.Replies);
        Assert.Equal(20 * run.Replies.Length * MeasuredRun.Interval, history.Nanoseconds);
        Assert.InRange(history.Rates(int.MaxValue).Length, 0, RateHistory.MaxIntervals);
    }

    [Law]
    public void The_bins_of_a_histogram_have_every_latency_once(MeasuredRun run)
    {
        var bins = LatencyBin.Divide(run.Summary.Result.LatencyFromDue, count: 8);
        Assert.Equal(run.Latencies.Nanoseconds.Length, bins.Sum(static bin => bin.Count));
        Assert.Equal(
            bins.Select(static bin => bin.MaxNanoseconds).Order(),
            bins.Select(static bin => bin.MaxNanoseconds)
        );
        Assert.InRange(bins.Length, 0, 8);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(0.001, "▏")]
    [InlineData(0.5, "█████")]
    [InlineData(0.55, "█████▌")]
    [InlineData(1, "██████████")]
    [InlineData(7, "██████████")]
    public void A_bar_has_eighths_of_columns(double fraction, string bar) =>
        Assert.Equal(bar, new Bars(IsUnicode: true).Bar(fraction, 10));

    [Theory]
    [InlineData(true, "▁▄█")]
    [InlineData(false, "_:#")]
    public void A_sparkline_starts_at_zero(bool isUnicode, string line) =>
        Assert.Equal(line, new Bars(isUnicode).Sparkline([0, 1, 2]));

    private static ImmutableArray<string> Report(MeasuredRun run, int width) =>
        BenchWidgets.Render(
            BenchTextReport.Create(run.Result, [], new Bars(IsUnicode: true), width),
            useColors: false,
            width
        );

    /// <summary>The words with a digit, apart from the address.</summary>
    private static IEnumerable<string> NumericWords(IEnumerable<string> rows) =>
        rows.SelectMany(static row => row.Split(' '))
            .Where(static word => word.Any(char.IsAsciiDigit) && !word.StartsWith('['))
            .Order(StringComparer.Ordinal);
}
