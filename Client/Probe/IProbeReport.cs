namespace TinyTcp.Cli.Probe;

/// <summary>A form of output.</summary>
internal interface IProbeReport
{
    /// <summary>Called before the first probe.</summary>
    void OnStart(ProbeOptions options);

    /// <summary>Called after each probe.</summary>
    /// <param name="sample">The probe.</param>
    /// <param name="statistics">The statistics, with this probe.</param>
    void OnSample(ProbeSample sample, ProbeStatistics statistics);

    /// <summary>Called after the last probe.</summary>
    void OnEnd(ProbeStatistics statistics);
}
