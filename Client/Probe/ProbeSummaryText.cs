using System.Globalization;
using LanguageExt;
using Spectre.Console;
using TinyTcp.Cli.Statistics;
using TinyTcp.Cli.Terminals;
using Columns = TinyTcp.Cli.Terminals.DisplayWidth;

namespace TinyTcp.Cli.Probe;

/// <summary>What all probes come to, for people: counts and a table for each address.</summary>
/// <param name="console">Where it is drawn.</param>
internal sealed class ProbeSummaryText(IAnsiConsole console)
{
    private static readonly (string Name, Func<Distribution, Option<TimeSpan>> Of)[] Statistics =
    [
        ("min", static times => times.Min),
        ("median", static times => times.Median),
        ("mean", static times => times.Mean),
        ("p90", static times => times.P90),
        ("p99", static times => times.P99),
        ("max", static times => times.Max),
        ("jitter", static times => times.Jitter),
    ];

    /// <summary>Draws it.</summary>
    internal void Write(ProbeStatistics statistics)
    {
        foreach (var series in statistics.Addresses)
        {
            Write(series);
        }

        if (statistics.Unfinished > 0)
        {
            console.WriteLine();
            WriteLine($"{statistics.Unfinished} more under way when it was stopped: not counted.");
        }

        if (statistics.Addresses.Any(static series => series.Answered > 0 && series.Reply.P99.IsNone))
        {
            console.WriteLine();
            WriteLine(
                $"-: too few answers to say; p90 takes {Percentile.P90.MinCount} of them, p99 {Percentile.P99.MinCount}, jitter 2."
            );
        }
    }

    private void Write(AddressStatistics statistics)
    {
        console.WriteLine();
        console.WriteLine(Columns.Ellipsize(Sanitizer.Sanitize(statistics.Address), console.Profile.Width));
        WriteLine($"{ProbeText.FormatCounts(statistics)}{Outage(statistics)}");
        if (statistics.Answered > 0)
        {
            console.Write(Table(statistics));
        }
    }

    private static string Outage(AddressStatistics statistics) =>
        statistics.Lost == 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $", longest outage {statistics.LongestOutage.TotalSeconds:0.0##} s"
            );

    private static Grid Table(AddressStatistics statistics)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn().PadRight(0));
        Array.ForEach(
            Statistics,
            _ => grid.AddColumn(new GridColumn().RightAligned().PadLeft(2).PadRight(0))
        );
        grid.AddRow([.. Statistics.Select(static column => column.Name).Prepend("ms")]);
        grid.AddRow(Row("connect", statistics.Connect));
        grid.AddRow(Row("greeting", statistics.Greeting));
        grid.AddRow(Row("reply", statistics.Reply));
        return grid;
    }

    private static string[] Row(string name, Distribution times) =>
        [name, .. Statistics.Select(column => ProbeText.FormatTime(column.Of(times)))];

    private void WriteLine(FormattableString words) => console.WriteLine(FormattableString.Invariant(words));
}
