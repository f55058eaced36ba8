using System.Collections.Immutable;
using HdrHistogram;
using LanguageExt;
using TinyTcp.Cli.Benching.Looping;

namespace TinyTcp.Cli.Benching.Reading;

/// <summary>What latencies came to.</summary>
/// <param name="Name">Which latencies: <see cref="Summary.Corrected"/> and <see cref="Summary.Raw"/>, or <see cref="Summary.Latency"/>.</param>
/// <param name="Count">How many.</param>
/// <param name="Mean">Nanoseconds; none of none.</param>
/// <param name="Percentiles">Nanoseconds; none of too few.</param>
internal sealed record LatencySummary(
    string Name,
    long Count,
    Option<long> Mean,
    ImmutableArray<(Percentile Percentile, Option<long> Nanoseconds)> Percentiles
)
{
    internal static LatencySummary Of(string name, HistogramBase latencies) =>
        new(
            name,
            latencies.TotalCount,
            Figures.MeanOf(latencies),
            [.. Percentile.Rows.Select(row => (row, row.Of(latencies)))]
        );
}

/// <summary>What a run came to.</summary>
/// <param name="Requests">How many requests counted and were answered.</param>
/// <param name="Latencies">One or two; goals are about the first.</param>
internal sealed record Summary(long Requests, ImmutableArray<LatencySummary> Latencies)
{
    /// <summary>The only latencies of a closed loop.</summary>
    internal const string Latency = "latency";

    /// <summary>Latencies from when requests were due.</summary>
    internal const string Corrected = "corrected";

    /// <summary>Latencies from when they were sent.</summary>
    internal const string Raw = "raw";

    /// <summary>How long they counted.</summary>
    internal double Seconds { get; init; }

    /// <summary>How many replies came in that time.</summary>
    internal long Replies { get; init; }

    /// <summary>How many requests counted and were answered later.</summary>
    internal long Late { get; init; }

    /// <summary>How many counted and were not answered.</summary>
    internal long Unanswered { get; init; }

    /// <summary>Replies a second.</summary>
    internal double Rate => Seconds > 0 ? Replies / Seconds : 0;

    /// <summary>Of what a run measured in so many seconds.</summary>
    internal static Summary Of(Load load, Measured measured, double seconds) =>
        new(
            measured.Requests,
            load.IsOpen
                ? [LatencySummary.Of(Corrected, measured.FromDue), LatencySummary.Of(Raw, measured.FromSent)]
                : [LatencySummary.Of(Latency, measured.FromDue)]
        )
        {
            Seconds = seconds,
            Replies = measured.Replies,
            Late = measured.Late,
            Unanswered = measured.Unanswered,
        };

    /// <summary>The latencies that goals are about.</summary>
    internal LatencySummary Judged => Latencies[0];
}
