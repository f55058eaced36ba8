using TinyTcp.Client;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>One finished probe.</summary>
/// <param name="Address">The probed address of the target.</param>
/// <param name="Sequence">The number of its round, from 1.</param>
/// <param name="StartedAt">The local time of its start.</param>
/// <param name="Start">Its start, from the start of the run.</param>
/// <param name="End">Its reply or its failure, from the start of the run.</param>
/// <param name="Result">Its times, or its error.</param>
internal sealed record ProbeSample(
    ServerEndPoint Address,
    long Sequence,
    DateTimeOffset StartedAt,
    TimeSpan Start,
    TimeSpan End,
    ProbeResult Result
)
{
    /// <summary>Whether the correct reply arrived.</summary>
    internal bool IsAnswered => Result.Error.IsNone;
}
