using System.Collections.Immutable;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Statistics;

namespace TinyTcp.Cli.Bench.Statistics;

/// <summary>The result of a run.</summary>
/// <param name="Profile">The load.</param>
/// <param name="Result">The counts.</param>
/// <param name="Seconds">The length of the measurement.</param>
internal sealed record LoadSummary(LoadProfile Profile, LoadResult Result, double Seconds)
{
    /// <summary>Replies per second.</summary>
    internal double Rate => Seconds > 0 ? Result.Replies / Seconds : 0;

    /// <summary>Corrected and raw latencies in an open loop, one kind in a closed one. Goals are about the first.</summary>
    internal ImmutableArray<(string Name, LatencyHistogram Values)> Latencies =>
        Profile.Rate.IsSome
            ? [("corrected", Result.LatencyFromDue), ("raw", Result.LatencyFromSent)]
            : [("latency", Result.LatencyFromDue)];
}
