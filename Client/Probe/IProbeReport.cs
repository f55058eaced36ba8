namespace TinyTcp.Cli.Probe;

/// <summary>Who is told how it goes: a style of output.</summary>
internal interface IProbeReport
{
    /// <summary>Probing begins.</summary>
    void OnStart(ProbeOptions options);

    /// <summary>A probe has come to its end.</summary>
    /// <param name="sample">It.</param>
    /// <param name="statistics">All so far, with it.</param>
    void OnSample(ProbeSample sample, ProbeStatistics statistics);

    /// <summary>Probing is over.</summary>
    /// <param name="statistics">All.</param>
    void OnEnd(ProbeStatistics statistics);
}
