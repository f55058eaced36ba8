using System.Globalization;
using LanguageExt;

namespace TinyTcp.Cli.Benching.Reading;

/// <summary>What a run has to come to: a closed union of a latency that is short enough and a rate that is high enough.</summary>
internal abstract record Goal
{
    private const string Rate = "rate>";
    private const string Mean = "mean";
    private const string Measured = "measured";

    private Goal() { }

    /// <summary>How it is written, for a complaint.</summary>
    internal const string Form = "such as p99<5ms, max<1s, mean<200us or rate>10000";

    /// <summary>Reads one.</summary>
    internal static Option<Goal> From(string written) =>
        written.StartsWith(Rate, StringComparison.Ordinal)
            ? Faster(written[Rate.Length..])
            : Shorter(written);

    /// <summary>What was measured of what it is about, if anything was: microseconds, or replies a second.</summary>
    internal abstract Option<double> In(Summary summary);

    /// <summary>Whether it was reached: not where too little was measured to say.</summary>
    internal bool IsReached(Summary summary) => summary.Requests > 0 && Holds(summary);

    /// <summary>What was measured, for people; or why nothing can be said.</summary>
    internal string Show(Summary summary) => summary.Requests > 0 ? Told(summary) : "nothing was measured";

    private protected abstract bool Holds(Summary summary);

    private protected abstract string Told(Summary summary);

    private static Option<Goal> Faster(string written) =>
        long.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var least) && least > 0
            ? new AtLeast(least)
            : Option<Goal>.None;

    private static Option<Goal> Shorter(string written)
    {
        var sign = written.IndexOf('<', StringComparison.Ordinal);
        var limit = Length.Read(written[(sign + 1)..]);
        return sign >= 0 && IsNamed(written[..sign]) && limit.IsSome
            ? new Under(written[..sign], (long)limit, written)
            : Option<Goal>.None;
    }

    private static bool IsNamed(string name) => name == Mean || Percentile.Rows.Any(row => row.Name == name);

    /// <summary>A latency stays under a limit.</summary>
    /// <param name="Figure">Which: a percentile's name, or the mean.</param>
    /// <param name="Limit">Nanoseconds.</param>
    /// <param name="Written">As it was written.</param>
    internal sealed record Under(string Figure, long Limit, string Written) : Goal
    {
        internal override Option<double> In(Summary summary) =>
            Nanoseconds(summary.Judged).Map(static nanoseconds => nanoseconds / 1e3);

        public override string ToString() => Written;

        private protected override bool Holds(Summary summary) =>
            Nanoseconds(summary.Judged).Exists(nanoseconds => nanoseconds < Limit);

        private protected override string Told(Summary summary) =>
            Nanoseconds(summary.Judged) is { IsSome: true } known
                ? $"{Measured} {Length.ShowLatency(known)}"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Figure} takes more requests than {summary.Judged.Count:N0}"
                );

        private Option<long> Nanoseconds(LatencySummary judged) =>
            Figure == Mean
                ? judged.Mean
                : judged.Percentiles.First(row => row.Percentile.Name == Figure).Nanoseconds;
    }

    /// <summary>More requests a second are answered.</summary>
    /// <param name="Least">than so many.</param>
    internal sealed record AtLeast(long Least) : Goal
    {
        internal override Option<double> In(Summary summary) => summary.Rate;

        private protected override bool Holds(Summary summary) => summary.Rate > Least;

        private protected override string Told(Summary summary) =>
            string.Create(CultureInfo.InvariantCulture, $"{Measured} {summary.Rate:N0} a second");

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rate}{Least}");
    }
}
