using System.Collections.Immutable;
using HdrHistogram;
using LanguageExt;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Statistics;

namespace TinyTcp.Cli.Bench.Statistics;

/// <summary>What latencies came to.</summary>
/// <param name="Name">Which latencies: <see cref="LoadSummary.Corrected"/> and <see cref="LoadSummary.Raw"/>, or <see cref="LoadSummary.Latency"/>.</param>
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
            HistogramStatistics.MeanOf(latencies),
            [.. Percentile.Rows.Select(row => (row, row.ValueIn(latencies)))]
        );
}

/// <summary>What a run came to.</summary>
/// <param name="Requests">How many requests counted and were answered.</param>
/// <param name="Latencies">One or two; goals are about the first.</param>
internal sealed record LoadSummary(long Requests, ImmutableArray<LatencySummary> Latencies)
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
    internal static LoadSummary Of(LoadProfile profile, LoadResult result, double seconds) =>
        new(
            result.Requests,
            profile.IsOpenLoop
                ?
                [
                    LatencySummary.Of(Corrected, result.LatencyFromDue),
                    LatencySummary.Of(Raw, result.LatencyFromSent),
                ]
                : [LatencySummary.Of(Latency, result.LatencyFromDue)]
        )
        {
            Seconds = seconds,
            Replies = result.Replies,
            Late = result.Late,
            Unanswered = result.Unanswered,
        };

    /// <summary>The latencies that goals are about.</summary>
    internal LatencySummary PrimaryLatency => Latencies[0];
}
