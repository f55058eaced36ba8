namespace TinyTcp.Cli.Probe;

/// <summary>The output of another report without its lines for probes.</summary>
internal sealed class SummaryReport(IProbeReport report) : IProbeReport
{
    public void OnStart(ProbeOptions options) => report.OnStart(options);

    public void OnSample(ProbeSample sample, ProbeStatistics statistics) { }

    public void OnEnd(ProbeStatistics statistics) => report.OnEnd(statistics);
}
