using System.Collections.Immutable;
using LanguageExt;
using Spectre.Console;
using TinyTcp.Cli.Statistics;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client.Primitives;
using static System.FormattableString;

namespace TinyTcp.Cli.Probe;

/// <summary>The start, the statistics and the summary of a run as text.</summary>
internal static class ProbeText
{
    /// <summary>From this width on, the times in the lines of a run with one address have names.</summary>
    internal const int NamedTimesColumns = 61;

    private const string Indent = "  ";

    /// <summary>The first line of a run; at most as wide as the terminal, if there is one.</summary>
    internal static IEnumerable<string> FormatStart(
        ServerEndPoint target,
        ProbeOptions options,
        Option<int> width
    )
    {
        var server = Sanitizer.Sanitize(target);
        var order = width.Exists(static columns => columns < NamedTimesColumns)
            ? ": connect, greeting, reply"
            : "";
        return Wrap(
            Invariant(
                $"Probing {width.Fold(server, DisplayWidth.EllipsizeMiddle)} every {options.Interval.TotalSeconds} s{(options.IsEndless ? ", until Ctrl-C" : "")}. Times are in ms{order}."
            ),
            width
        );
    }

    /// <summary>The statistics so far, in short, below a chart of the latest replies.</summary>
    /// <param name="statistics">The statistics.</param>
    /// <param name="replies">The latest reply times; none for a lost probe.</param>
    /// <param name="bars">The characters of the chart.</param>
    /// <param name="width">The columns.</param>
    internal static IEnumerable<string> FormatStatus(
        ProbeStatistics statistics,
        IReadOnlyCollection<Option<TimeSpan>> replies,
        Bars bars,
        int width
    )
    {
        return statistics.Addresses is [var only]
            ?
            [
                Chart(replies, bars, width),
                .. Wrap(
                    $"{Counts(only)}; reply min/median/max {Milliseconds.Format(only.Reply.Min)}/{Milliseconds.Format(only.Reply.Median)}/{Milliseconds.Format(only.Reply.Max)}",
                    width
                ),
            ]
            : statistics.Addresses.SelectMany(address =>
                Wrap($"{Sanitizer.Sanitize(address.Address)}: {Counts(address)}", width)
            );

        static string Counts(AddressStatistics address) =>
            Invariant($"{address.Answered} of {address.Sent} answered ({address.LossPercent:0.#}% lost)");
    }

    /// <summary>Wraps a printable text between words.</summary>
    internal static IEnumerable<string> Wrap(string text, Option<int> width) =>
        width
            .Map(columns =>
                WordWrap
                    .Wrap("", Indent, text, Math.Max(columns, Indent.Length + 2))
                    .Select(line => DisplayWidth.Ellipsize(line, columns))
            )
            .IfNone([text]);

    /// <summary>Writes counts and a table for each address.</summary>
    internal static void WriteSummary(IAnsiConsole console, ProbeStatistics statistics)
    {
        foreach (var address in statistics.Addresses)
        {
            console.WriteLine();
            WriteSummary(console, address);
        }

        if (
            statistics.Addresses.Any(static address =>
                address.Answered > 0 && address.Answered < Percentile.P99.MinCount
            )
        )
        {
            console.WriteLine();
            console.WriteLine(
                Invariant(
                    $"- means too few answers: p90 needs {Percentile.P90.MinCount}, p99 {Percentile.P99.MinCount}, jitter 2."
                )
            );
        }
    }

    private static void WriteSummary(IAnsiConsole console, AddressStatistics address)
    {
        var outage =
            address.Lost == 0 || address.Answered == 0
                ? ""
                : Invariant($", longest outage {address.LongestOutage.TotalSeconds:0.0##} s");
        console.WriteLine(DisplayWidth.Ellipsize(Sanitizer.Sanitize(address.Address), console.Profile.Width));
        console.WriteLine(
            Invariant(
                $"{address.Sent} sent, {address.Answered} answered, {address.Lost} lost ({address.LossPercent:0.###}%){outage}"
            )
        );
        WriteUncounted(console, address);
        if (address.Answered > 0)
        {
            console.Write(CreateTable(address).ToGrid(console.Profile.Width));
        }
    }

    private static void WriteUncounted(IAnsiConsole console, AddressStatistics address)
    {
        address.LongestWait.Iter(wait =>
            console.WriteLine(
                Invariant(
                    $"{address.UnderWay} not finished at the end, and not counted; the oldest waited {wait.TotalSeconds:0.0##} s"
                )
            )
        );
        if (address.Skipped > 0)
        {
            console.WriteLine(
                Invariant(
                    $"{address.Skipped} skipped: tinytcp was late or paused, or {Prober.MaxUnderWay} were under way"
                )
            );
        }
    }

    private static FigureTable CreateTable(AddressStatistics address) =>
        new([
            [
                FigureTable.Cell.Name("ms"),
                .. Distribution.Statistics.Select(static statistic => FigureTable.Cell.Name(statistic.Name)),
            ],
            Row("connect", address.Connect),
            Row("greeting", address.Greeting),
            Row("reply", address.Reply),
        ]);

    private static ImmutableArray<FigureTable.Cell> Row(string name, Distribution times) =>
        [
            FigureTable.Cell.Name(name),
            .. Distribution.Statistics.Select(statistic => new FigureTable.Cell(
                Milliseconds.Format(statistic.Of(times)),
                times.StyleOf(statistic.Of(times))
            )),
        ];

    private static string Chart(IReadOnlyCollection<Option<TimeSpan>> replies, Bars bars, int width)
    {
        const string Name = "reply ";
        const char Lost = '!';
        var shown = replies.TakeLast(Math.Max(0, width - Name.Length)).ToList();
        var line = bars.Sparkline([
            .. shown.Select(static reply => reply.IfNone(default(TimeSpan)).TotalMilliseconds),
        ]);
        return DisplayWidth.TakeStart(
            Name + string.Concat(shown.Zip(line, static (reply, level) => reply.IsSome ? level : Lost)),
            width
        );
    }
}
