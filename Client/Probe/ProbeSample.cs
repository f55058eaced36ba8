using TinyTcp.Client;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>One probe that has come to its end: what the statistics are made of.</summary>
/// <param name="Address">Whom it called: one address of the target.</param>
/// <param name="Sequence">The number of its round, from 1.</param>
/// <param name="StartedAt">What time it was when it began, local.</param>
/// <param name="Start">When it began, from the beginning of the first round.</param>
/// <param name="End">When it was answered, or given up.</param>
/// <param name="Result">How it went; times as they are kept.</param>
internal sealed record ProbeSample(
    ServerEndPoint Address,
    long Sequence,
    DateTimeOffset StartedAt,
    TimeSpan Start,
    TimeSpan End,
    ProbeResult Result
)
{
    /// <summary>Whether the right reply came.</summary>
    internal bool IsAnswered => Result.Error.IsNone;

    /// <summary>The same with its times as they are kept.</summary>
    internal ProbeSample Rounded() =>
        this with
        {
            Result = Result with
            {
                Connect = Result.Connect.Map(TimePrecision.Round),
                Greeting = Result.Greeting.Map(TimePrecision.Round),
                Reply = Result.Reply.Map(TimePrecision.Round),
            },
        };
}
