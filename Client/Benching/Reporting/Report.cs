using System.Collections.Immutable;
using HdrHistogram;
using LanguageExt;
using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Cli.Benching.Reading;
using TinyTcp.Client;

namespace TinyTcp.Cli.Benching.Reporting;

/// <summary>What a benchmark came to.</summary>
/// <param name="Target">Who bore it.</param>
/// <param name="Load">What was borne.</param>
/// <param name="Noise">What the machine does by itself; none where nobody looked.</param>
/// <param name="Error">What ended it, if something went wrong.</param>
internal sealed record Report(Target Target, Load Load, Option<Noise> Noise, Option<ClientError> Error)
{
    /// <summary>How long requests counted.</summary>
    internal double Seconds { get; init; }

    /// <summary>Their latencies.</summary>
    internal Measured Measured { get; init; } = Measured.Nothing();

    /// <summary>Whether Ctrl-C ended it.</summary>
    internal bool IsInterrupted { get; init; }

    /// <summary>The latencies by name: of an open loop two.</summary>
    internal ImmutableArray<(string Name, HistogramBase Latencies)> Latencies =>
        Load.IsOpen
            ? [(Summary.Corrected, Measured.FromDue), (Summary.Raw, Measured.FromSent)]
            : [(Summary.Latency, Measured.FromDue)];

    /// <summary>In figures.</summary>
    internal Summary Summary =>
        new(
            Measured.Requests,
            [.. Latencies.Select(static each => LatencySummary.Of(each.Name, each.Latencies))]
        )
        {
            Seconds = Seconds,
            Replies = Measured.Replies,
            Late = Measured.Late,
            Unanswered = Measured.Unanswered,
        };
}
