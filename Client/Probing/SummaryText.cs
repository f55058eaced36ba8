using System.Globalization;
using LanguageExt;
using Spectre.Console;
using TinyTcp.Cli.Display;
using Columns = TinyTcp.Cli.Display.Columns;

namespace TinyTcp.Cli.Probing;

/// <summary>What all probes come to, for people: counts and a table for each address.</summary>
/// <param name="console">Where it is drawn.</param>
internal sealed class SummaryText(IAnsiConsole console)
{
    private static readonly (string Name, Func<Spread, Option<TimeSpan>> Of)[] Statistics =
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
    internal void Write(Tally tally)
    {
        foreach (var series in tally.All)
        {
            Write(series);
        }

        if (tally.Unfinished > 0)
        {
            console.WriteLine();
            Say($"{tally.Unfinished} more under way when it was stopped: not counted.");
        }

        if (tally.All.Any(static series => series.Answered > 0 && series.Reply.P99.IsNone))
        {
            console.WriteLine();
            Say(
                $"-: too few answers to say; p90 takes {Percentile.P90.Fewest} of them, p99 {Percentile.P99.Fewest}, jitter 2."
            );
        }
    }

    private void Write(Series series)
    {
        console.WriteLine();
        console.WriteLine(Columns.Fit(Printable.Of(series.Address), console.Profile.Width));
        Say($"{ProbeText.Counts(series)}{Outage(series)}");
        if (series.Answered > 0)
        {
            console.Write(Table(series));
        }
    }

    private static string Outage(Series series) =>
        series.Lost == 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $", longest outage {series.LongestOutage.TotalSeconds:0.0##} s"
            );

    private static Grid Table(Series series)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn().PadRight(0));
        Array.ForEach(
            Statistics,
            _ => grid.AddColumn(new GridColumn().RightAligned().PadLeft(2).PadRight(0))
        );
        grid.AddRow([.. Statistics.Select(static column => column.Name).Prepend("ms")]);
        grid.AddRow(Row("connect", series.Connect));
        grid.AddRow(Row("greeting", series.Greeting));
        grid.AddRow(Row("reply", series.Reply));
        return grid;
    }

    private static string[] Row(string name, Spread times) =>
        [name, .. Statistics.Select(column => ProbeText.Written(column.Of(times)))];

    private void Say(FormattableString words) => console.WriteLine(FormattableString.Invariant(words));
}
