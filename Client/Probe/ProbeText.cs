using System.Globalization;
using LanguageExt;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>A probe, and how it goes, in a line for people.</summary>
internal static class ProbeText
{
    // An address of IPv6 in full, and a port.
    private const int MaxAddressColumns = 47;
    private const int MinAddressColumns = 9;
    private const string Indent = "  ";

    /// <summary>What a run begins with.</summary>
    internal static string Format(ServerEndPoint target, ProbeOptions options) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Probing {Sanitizer.Sanitize(target)} every {options.Interval.TotalSeconds} s{(options.IsEndless ? ", until Ctrl-C" : "")}. Times are in ms."
        );

    /// <summary>One probe.</summary>
    /// <param name="sample">It.</param>
    /// <param name="showsTimestamp">Whether it begins with the time.</param>
    /// <param name="columns">What it has to fit in, if in anything.</param>
    internal static string Format(ProbeSample sample, bool showsTimestamp, Option<int> columns) =>
        columns.Fold(FormatFull(sample, showsTimestamp, columns), DisplayWidth.Ellipsize);

    /// <summary>The same with all its words, in as many lines as they take.</summary>
    internal static IEnumerable<string> FormatWrapped(
        ProbeSample sample,
        bool showsTimestamp,
        Option<int> columns
    ) => WordWrap.Wrap("", Indent, FormatFull(sample, showsTimestamp, columns), columns.IfNone(int.MaxValue));

    private static string FormatFull(ProbeSample sample, bool showsTimestamp, Option<int> columns)
    {
        var stamp = showsTimestamp
            ? sample.StartedAt.ToString("HH:mm:ss ", CultureInfo.InvariantCulture)
            : "";
        var result = string.Create(
            CultureInfo.InvariantCulture,
            $"seq={sample.Sequence} {FormatResult(sample.Result)}"
        );
        var taken = stamp.Length + ": ".Length + (sample.IsAnswered ? result.Length : 0);
        var address = columns.Fold(
            Sanitizer.Sanitize(sample.Address),
            (whole, all) =>
                DisplayWidth.EllipsizeMiddle(
                    whole,
                    Math.Clamp(all - taken, MinAddressColumns, MaxAddressColumns)
                )
        );
        return $"{stamp}{address}: {result}";
    }

    /// <summary>How it goes so far, in short.</summary>
    internal static string Format(ProbeStatistics statistics) =>
        statistics.Addresses is [var only]
            ? $"{FormatShortCounts(only)}; reply min/median/max {FormatTime(only.Reply.Min)}/{FormatTime(only.Reply.Median)}/{FormatTime(only.Reply.Max)}"
            : string.Join(
                "; ",
                statistics.Addresses.Select(static series =>
                    $"{Sanitizer.Sanitize(series.Address)}: {FormatShortCounts(series)}"
                )
            );

    /// <summary>How many probes were answered.</summary>
    internal static string FormatCounts(AddressStatistics statistics) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{statistics.Sent} sent, {statistics.Answered} answered, {statistics.Lost} lost ({statistics.LossPercent:0.###}%)"
        );

    /// <summary>A time, or that the sample does not support one.</summary>
    internal static string FormatTime(Option<TimeSpan> time) => time.Map(TimePrecision.Format).IfNone("-");

    private static string FormatShortCounts(AddressStatistics statistics) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{statistics.Answered} of {statistics.Sent} answered ({statistics.LossPercent:0.#}% lost)"
        );

    private static string FormatResult(ProbeResult result) =>
        result.Error.Match(
            Some: static error => error.Message,
            None: () =>
                $"connect={FormatTime(result.Connect)} greeting={FormatTime(result.Greeting)} reply={FormatTime(result.Reply)}"
        );
}
