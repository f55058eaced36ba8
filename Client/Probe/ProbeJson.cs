using TinyTcp.Cli.Errors;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>A probe as JSON; docs/schemas/probe.schema.json describes it.</summary>
internal sealed record ProbeJson(
    string Type,
    string Target,
    string Address,
    long Sequence,
    DateTimeOffset Time,
    double StartMilliseconds,
    double EndMilliseconds,
    double? ConnectMilliseconds,
    double? GreetingMilliseconds,
    double? ReplyMilliseconds,
    ErrorJson? Error
)
{
    internal static ProbeJson Of(ServerEndPoint target, ProbeSample sample) =>
        new(
            "probe",
            target.ToString(),
            sample.Address.ToString(),
            sample.Sequence,
            sample.StartedAt,
            Milliseconds.Round(sample.Start),
            Milliseconds.Round(sample.End),
            sample.Result.Connect.Map(Milliseconds.Round).ToNullable(),
            sample.Result.Greeting.Map(Milliseconds.Round).ToNullable(),
            sample.Result.Reply.Map(Milliseconds.Round).ToNullable(),
            ErrorJson.From(sample.Result.Error)
        );
}
