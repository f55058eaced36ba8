using System.Globalization;
using LanguageExt;
using TinyTcp.Cli.Statistics;

namespace TinyTcp.Cli.Bench.Statistics;

/// <summary>What a run has to come to: a closed union of a latency that is short enough and a rate that is high enough.</summary>
internal abstract record Goal
{
    private const string RatePrefix = "rate>";
    private const string MeanName = "mean";
    private const string MeasuredPrefix = "measured";

    private Goal() { }

    /// <summary>How it is written, for a complaint.</summary>
    internal const string SyntaxExamples = "such as p99<5ms, max<1s, mean<200us or rate>10000";

    /// <summary>Reads one.</summary>
    internal static Option<Goal> From(string text) =>
        text.StartsWith(RatePrefix, StringComparison.Ordinal)
            ? ReadRate(text[RatePrefix.Length..])
            : ReadLatency(text);

    /// <summary>What was measured of what it is about, if anything was: microseconds, or replies a second.</summary>
    internal abstract Option<double> MeasuredValue(LoadSummary summary);

    /// <summary>Whether it was reached: not where too little was measured to say.</summary>
    internal bool IsReached(LoadSummary summary) => summary.Requests > 0 && IsMet(summary);

    /// <summary>What was measured, for people; or why nothing can be said.</summary>
    internal string Describe(LoadSummary summary) =>
        summary.Requests > 0 ? DescribeMeasured(summary) : "nothing was measured";

    private protected abstract bool IsMet(LoadSummary summary);

    private protected abstract string DescribeMeasured(LoadSummary summary);

    private static Option<Goal> ReadRate(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var least) && least > 0
            ? new RateAbove(least)
            : Option<Goal>.None;

    private static Option<Goal> ReadLatency(string text)
    {
        var sign = text.IndexOf('<', StringComparison.Ordinal);
        var limit = DurationFormat.Parse(text[(sign + 1)..]);
        return sign >= 0 && IsStatisticName(text[..sign]) && limit.IsSome
            ? new LatencyBelow(text[..sign], (long)limit, text)
            : Option<Goal>.None;
    }

    private static bool IsStatisticName(string name) =>
        name == MeanName || Percentile.Rows.Any(row => row.Name == name);

    /// <summary>A latency stays under a limit.</summary>
    /// <param name="Statistic">Which: a percentile's name, or the mean.</param>
    /// <param name="Limit">Nanoseconds.</param>
    /// <param name="Text">As it was written.</param>
    internal sealed record LatencyBelow(string Statistic, long Limit, string Text) : Goal
    {
        internal override Option<double> MeasuredValue(LoadSummary summary) =>
            Nanoseconds(summary.PrimaryLatency).Map(static nanoseconds => nanoseconds / 1e3);

        public override string ToString() => Text;

        private protected override bool IsMet(LoadSummary summary) =>
            Nanoseconds(summary.PrimaryLatency).Exists(nanoseconds => nanoseconds < Limit);

        private protected override string DescribeMeasured(LoadSummary summary) =>
            Nanoseconds(summary.PrimaryLatency) is { IsSome: true } known
                ? $"{MeasuredPrefix} {DurationFormat.FormatLatency(known)}"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Statistic} takes more requests than {summary.PrimaryLatency.Count:N0}"
                );

        private Option<long> Nanoseconds(LatencySummary latency) =>
            Statistic == MeanName
                ? latency.Mean
                : latency.Percentiles.First(row => row.Percentile.Name == Statistic).Nanoseconds;
    }

    /// <summary>More requests a second are answered.</summary>
    /// <param name="Limit">than so many.</param>
    internal sealed record RateAbove(long Limit) : Goal
    {
        internal override Option<double> MeasuredValue(LoadSummary summary) => summary.Rate;

        private protected override bool IsMet(LoadSummary summary) => summary.Rate > Limit;

        private protected override string DescribeMeasured(LoadSummary summary) =>
            string.Create(CultureInfo.InvariantCulture, $"{MeasuredPrefix} {summary.Rate:N0} a second");

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{RatePrefix}{Limit}");
    }
}
