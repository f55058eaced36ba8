using LanguageExt;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Bench.Report;

/// <summary>What a benchmark came to.</summary>
/// <param name="Target">Who bore it.</param>
/// <param name="Load">What was borne.</param>
/// <param name="Jitter">What the machine does by itself; none where nobody looked.</param>
/// <param name="Error">What ended it, if something went wrong.</param>
internal sealed record BenchResult(
    ServerEndPoint Target,
    LoadProfile Load,
    Option<SchedulingJitter> Jitter,
    Option<ClientError> Error
)
{
    /// <summary>How long requests counted.</summary>
    internal double Seconds { get; init; }

    /// <summary>Their latencies.</summary>
    internal LoadResult Measurements { get; init; } = LoadResult.Empty();

    /// <summary>Whether Ctrl-C ended it.</summary>
    internal bool IsInterrupted { get; init; }

    /// <summary>In figures.</summary>
    internal LoadSummary Summary => LoadSummary.Of(Load, Measurements, Seconds);
}
