using TinyTcp.Cli.IO;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>Prints a JSON object per probe and one for the summary, each on one line.</summary>
internal sealed class JsonReport(ServerEndPoint target, CliEnvironment environment) : IProbeReport
{
    public void OnStart(ProbeOptions options) { }

    public void OnSample(ProbeSample sample, ProbeStatistics statistics) =>
        environment.Output.WriteLine(
            JsonText.Serialize(ProbeJson.Of(target, sample), ProbeJsonContext.Output.ProbeJson)
        );

    public void OnEnd(ProbeStatistics statistics) =>
        environment.Output.WriteLine(
            JsonText.Serialize(
                ProbeSummaryJson.Of(target, statistics),
                ProbeJsonContext.Output.ProbeSummaryJson
            )
        );
}
