using System.Globalization;
using LanguageExt;
using TinyTcp.Cli.Statistics;

namespace TinyTcp.Cli.Bench.Statistics;

/// <summary>A condition on the result of a run.</summary>
internal abstract record Goal
{
    private Goal(string text) => Text = text;

    /// <summary>Examples for help and error messages.</summary>
    internal const string SyntaxExamples = "such as p99<5ms, max<1s, mean<200us or rate>10000";

    /// <summary>The goal as it was given.</summary>
    internal string Text { get; }

    /// <summary>Parses a goal.</summary>
    internal static Option<Goal> Parse(string text) =>
        text.Split('<', StringSplitOptions.TrimEntries) is [var statistic, var limit]
        && LatencyHistogram.StatisticNames.Contains(statistic, StringComparer.Ordinal)
            ? DurationFormat
                .Parse(limit)
                .Map(nanoseconds => (Goal)new LatencyBelow(statistic, nanoseconds, text))
        : text.Split('>', StringSplitOptions.TrimEntries) is ["rate", var rate]
        && long.TryParse(rate, NumberStyles.None, CultureInfo.InvariantCulture, out var repliesPerSecond)
        && repliesPerSecond > 0
            ? new RateAbove(repliesPerSecond, text)
        : Option<Goal>.None;

    /// <summary>The measured value in microseconds or replies per second; none for too few requests.</summary>
    internal abstract Option<double> MeasuredValue(LoadSummary summary);

    /// <summary>Whether a run reached the goal. It did not if there were too few requests to know.</summary>
    internal abstract bool IsReached(LoadSummary summary);

    /// <summary>The measured value, or why there is none, as text.</summary>
    internal string Describe(LoadSummary summary) =>
        summary.Result.Requests == 0 ? "nothing was measured" : DescribeMeasured(summary);

    /// <summary>Why a run missed the goal, and which options help if it had too few requests.</summary>
    internal string Explain(LoadSummary summary)
    {
        var hasValue = summary.Result.Requests > 0 && MeasuredValue(summary).IsSome;
        var longer =
            summary.Profile.Count.IsSome ? "--count"
            : summary.Profile.Rate.IsSome ? "--duration or --rate"
            : "--duration";
        return $"{Describe(summary)}.{(hasValue ? "" : $" Raise {longer}.")}";
    }

    private protected abstract string DescribeMeasured(LoadSummary summary);

    /// <summary>A latency is below a limit.</summary>
    /// <param name="Statistic">The name of the statistic.</param>
    /// <param name="Limit">The limit in nanoseconds.</param>
    /// <param name="Written">The goal as it was given.</param>
    private sealed record LatencyBelow(string Statistic, long Limit, string Written) : Goal(Written)
    {
        internal override Option<double> MeasuredValue(LoadSummary summary) =>
            summary.Result.LatencyFromDue.ValueOf(Statistic).Map(static nanoseconds => nanoseconds / 1e3);

        internal override bool IsReached(LoadSummary summary) =>
            summary.Result.Requests > 0
            && summary.Result.LatencyFromDue.ValueOf(Statistic).Exists(nanoseconds => nanoseconds < Limit);

        private protected override string DescribeMeasured(LoadSummary summary) =>
            summary.Result.LatencyFromDue.ValueOf(Statistic) is { IsSome: true } value
                ? $"measured {DurationFormat.FormatLatency(value)}"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Statistic} needs {LatencyHistogram.MinCountOf(Statistic):N0} requests; there were {summary.Result.LatencyFromDue.Count:N0}"
                );
    }

    /// <summary>The rate of replies is above a limit.</summary>
    /// <param name="Limit">The limit in replies per second.</param>
    /// <param name="Written">The goal as it was given.</param>
    private sealed record RateAbove(long Limit, string Written) : Goal(Written)
    {
        internal override Option<double> MeasuredValue(LoadSummary summary) => summary.Rate;

        internal override bool IsReached(LoadSummary summary) =>
            summary.Result.Requests > 0 && summary.Rate > Limit;

        private protected override string DescribeMeasured(LoadSummary summary) =>
            string.Create(CultureInfo.InvariantCulture, $"measured {summary.Rate:N0} a second");
    }
}
