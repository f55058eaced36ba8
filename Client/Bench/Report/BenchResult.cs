using LanguageExt;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.Statistics;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Bench.Report;

/// <summary>The result of a benchmark.</summary>
/// <param name="Target">The server.</param>
/// <param name="Summary">The load and its statistics.</param>
/// <param name="Jitter">The gaps of <see cref="Engine.SchedulingJitter"/>, if measured.</param>
/// <param name="Error">The error that ended the run, if any.</param>
internal sealed record BenchResult(
    ServerEndPoint Target,
    LoadSummary Summary,
    Option<LatencyHistogram> Jitter,
    Option<ClientError> Error
)
{
    /// <summary>The replies over time.</summary>
    internal RateHistory Rates { get; init; } = new();

    /// <summary>Whether a signal ended the run.</summary>
    internal bool IsInterrupted { get; init; }
}
