namespace TinyTcp.Bench.Plan;

/// <summary>How often and how long everything is measured.</summary>
/// <param name="Rounds">How often each workload is run.</param>
/// <param name="Seconds">The measured part of a workload.</param>
/// <param name="WarmUp">Seconds of load before the measured part.</param>
/// <param name="JitWarmUp">Seconds of load after the start of a server that is compiled at run time.</param>
/// <param name="ClientRequests">The requests of the largest client workload; the others have a fraction of it.</param>
internal sealed record RunSettings(
    int Rounds,
    double Seconds,
    double WarmUp,
    double JitWarmUp,
    int ClientRequests
)
{
    /// <summary>For published figures.</summary>
    public static RunSettings Full { get; } = new(5, 1.0, 0.3, 4, 10_000_000);

    /// <summary>A check that everything works.</summary>
    public static RunSettings Quick { get; } = new(1, 0.3, 0.1, 1, 100_000);
}
