using System.Globalization;
using LanguageExt;
using TinyTcp.Cli.Display;
using TinyTcp.Client;

namespace TinyTcp.Cli.Probing;

/// <summary>A probe, and how it goes, in a line for people.</summary>
internal static class ProbeText
{
    // An address of IPv6 in full, and a port.
    private const int LongestAddress = 47;
    private const int ShortestAddress = 9;
    private const string Indent = "  ";

    /// <summary>What a run begins with.</summary>
    internal static string Of(Target target, Plan plan) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Probing {Printable.Of(target)} every {plan.Interval.TotalSeconds} s{(plan.IsEndless ? ", until Ctrl-C" : "")}. Times are in ms."
        );

    /// <summary>One probe.</summary>
    /// <param name="sample">It.</param>
    /// <param name="stamped">Whether it begins with the time.</param>
    /// <param name="columns">What it has to fit in, if in anything.</param>
    internal static string Of(Sample sample, bool stamped, Option<int> columns) =>
        columns.Fold(Whole(sample, stamped, columns), Columns.Fit);

    /// <summary>The same with all its words, in as many lines as they take.</summary>
    internal static IEnumerable<string> AtLength(Sample sample, bool stamped, Option<int> columns) =>
        Breaking.Lines("", Indent, Whole(sample, stamped, columns), columns.IfNone(int.MaxValue));

    private static string Whole(Sample sample, bool stamped, Option<int> columns)
    {
        var stamp = stamped ? sample.At.ToString("HH:mm:ss ", CultureInfo.InvariantCulture) : "";
        var result = string.Create(
            CultureInfo.InvariantCulture,
            $"seq={sample.Sequence} {Words(sample.Result)}"
        );
        var taken = stamp.Length + ": ".Length + (sample.IsAnswered ? result.Length : 0);
        var address = columns.Fold(
            Printable.Of(sample.Address),
            (whole, all) => Columns.FitEnds(whole, Math.Clamp(all - taken, ShortestAddress, LongestAddress))
        );
        return $"{stamp}{address}: {result}";
    }

    /// <summary>How it goes so far, in short.</summary>
    internal static string Of(Tally tally) =>
        tally.All is [var only]
            ? $"{Short(only)}; reply min/median/max {Written(only.Reply.Min)}/{Written(only.Reply.Median)}/{Written(only.Reply.Max)}"
            : string.Join(
                "; ",
                tally.All.Select(static series => $"{Printable.Of(series.Address)}: {Short(series)}")
            );

    /// <summary>How many probes were answered.</summary>
    internal static string Counts(Series series) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{series.Sent} sent, {series.Answered} answered, {series.Lost} lost ({series.LossPercent:0.###}%)"
        );

    /// <summary>A time, or that the sample does not support one.</summary>
    internal static string Written(Option<TimeSpan> time) => time.Map(Precision.Written).IfNone("-");

    private static string Short(Series series) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{series.Answered} of {series.Sent} answered ({series.LossPercent:0.#}% lost)"
        );

    private static string Words(ProbeResult result) =>
        result.Error.Match(
            Some: static error => error.Sentence,
            None: () =>
                $"connect={Written(result.Connect)} greeting={Written(result.Greeting)} reply={Written(result.Reply)}"
        );
}
