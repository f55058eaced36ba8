using System.Text.Json;
using TinyTcp.Client;

namespace TinyTcp.Cli.Probing;

/// <summary>An object of JSON a probe, a line each, and one more for the summary.</summary>
/// <param name="target">What is probed.</param>
/// <param name="surroundings">Where to write.</param>
internal sealed class JsonReport(Target target, Surroundings surroundings) : IReport
{
    /// <inheritdoc/>
    public void Begin(Plan plan) { }

    /// <inheritdoc/>
    public void Tell(Sample sample, Tally tally) =>
        surroundings.Output.WriteLine(
            JsonSerializer.Serialize(ProbeLine.Of(target, sample), ProbeJson.Default.ProbeLine)
        );

    /// <inheritdoc/>
    public void End(Tally tally) =>
        surroundings.Output.WriteLine(
            JsonSerializer.Serialize(SummaryLine.Of(target, tally), ProbeJson.Default.SummaryLine)
        );
}
