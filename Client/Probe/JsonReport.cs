using System.Text.Json;
using TinyTcp.Cli.IO;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>An object of JSON a probe, a line each, and one more for the summary.</summary>
/// <param name="target">What is probed.</param>
/// <param name="environment">Where to write.</param>
internal sealed class JsonReport(ServerEndPoint target, CliEnvironment environment) : IProbeReport
{
    /// <inheritdoc/>
    public void OnStart(ProbeOptions options) { }

    /// <inheritdoc/>
    public void OnSample(ProbeSample sample, ProbeStatistics statistics) =>
        environment.Output.WriteLine(
            JsonSerializer.Serialize(ProbeJson.Of(target, sample), ProbeJsonContext.Default.ProbeJson)
        );

    /// <inheritdoc/>
    public void OnEnd(ProbeStatistics statistics) =>
        environment.Output.WriteLine(
            JsonSerializer.Serialize(
                ProbeSummaryJson.Of(target, statistics),
                ProbeJsonContext.Default.ProbeSummaryJson
            )
        );
}
