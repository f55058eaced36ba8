using LanguageExt;
using Spectre.Console;
using TinyTcp.Cli.Statistics;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client.Primitives;
using static System.FormattableString;

namespace TinyTcp.Cli.Probe;

/// <summary>Probes and their statistics as text.</summary>
internal static class ProbeText
{
    // An IPv6 address with a port.
    private const int MaxAddressColumns = 47;
    private const int MinAddressColumns = 9;
    private const string Indent = "  ";

    /// <summary>The first line of a run.</summary>
    internal static string FormatStart(ServerEndPoint target, ProbeOptions options) =>
        Invariant(
            $"Probing {Sanitizer.Sanitize(target)} every {options.Interval.TotalSeconds} s{(options.IsEndless ? ", until Ctrl-C" : "")}. Times are in ms."
        );

    /// <summary>A probe on one line that is cut at the width, if any.</summary>
    internal static string Format(ProbeSample sample, bool showsTimestamp, Option<int> width) =>
        width.Fold(FormatFull(sample, showsTimestamp, width), DisplayWidth.Ellipsize);

    /// <summary>A probe on as many lines as it needs.</summary>
    internal static IEnumerable<string> FormatWrapped(
        ProbeSample sample,
        bool showsTimestamp,
        Option<int> width
    ) => WordWrap.Wrap("", Indent, FormatFull(sample, showsTimestamp, width), width.IfNone(int.MaxValue));

    /// <summary>The statistics so far, in short.</summary>
    internal static string FormatStatus(ProbeStatistics statistics)
    {
        return statistics.Addresses is [var only]
            ? $"{Counts(only)}; reply min/median/max {Milliseconds.Format(only.Reply.Min)}/{Milliseconds.Format(only.Reply.Median)}/{Milliseconds.Format(only.Reply.Max)}"
            : string.Join(
                "; ",
                statistics.Addresses.Select(address =>
                    $"{Sanitizer.Sanitize(address.Address)}: {Counts(address)}"
                )
            );

        static string Counts(AddressStatistics address) =>
            Invariant($"{address.Answered} of {address.Sent} answered ({address.LossPercent:0.#}% lost)");
    }

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
            address.Lost == 0
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
            console.Write(CreateTable(address));
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

    private static Grid CreateTable(AddressStatistics address)
    {
        var grid = new Grid().AddColumn(new GridColumn().PadRight(0));
        foreach (var _ in Distribution.Statistics)
        {
            grid.AddColumn(new GridColumn().RightAligned().PadLeft(2).PadRight(0));
        }

        return grid.AddRow(["ms", .. Distribution.Statistics.Select(static statistic => statistic.Name)])
            .AddRow(Row("connect", address.Connect))
            .AddRow(Row("greeting", address.Greeting))
            .AddRow(Row("reply", address.Reply));

        static string[] Row(string name, Distribution times) =>
            [name, .. Distribution.Statistics.Select(statistic => Milliseconds.Format(statistic.Of(times)))];
    }

    private static string FormatFull(ProbeSample sample, bool showsTimestamp, Option<int> width)
    {
        var timestamp = showsTimestamp ? Invariant($"{sample.StartedAt:HH:mm:ss} ") : "";
        var (connect, greeting, reply) = (sample.Result.Connect, sample.Result.Greeting, sample.Result.Reply);
        var result = sample
            .Result.Error.Map(static error => error.Message)
            .IfNone(
                $"connect={Milliseconds.Format(connect)} greeting={Milliseconds.Format(greeting)} reply={Milliseconds.Format(reply)}"
            );
        var rest = Invariant($": seq={sample.Sequence} {result}");
        // The times are never cut, but an error message may be.
        var restColumns = sample.IsAnswered ? rest.Length : ": ".Length;
        var address = width.Fold(
            Sanitizer.Sanitize(sample.Address),
            (whole, columns) =>
                DisplayWidth.EllipsizeMiddle(
                    whole,
                    Math.Clamp(columns - timestamp.Length - restColumns, MinAddressColumns, MaxAddressColumns)
                )
        );
        return $"{timestamp}{address}{rest}";
    }
}
