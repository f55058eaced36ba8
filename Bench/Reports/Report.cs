using System.Collections.Immutable;
using TinyTcp.Bench.Plan;
using TinyTcp.Bench.Statistics;

namespace TinyTcp.Bench.Reports;

/// <summary>A fact about a run, such as the processor.</summary>
internal sealed record Fact(string Name, string Value);

/// <summary>A measurement that failed.</summary>
internal sealed record Failure(int Round, string Participant, string Workload, string Reason);

/// <summary>Everything that is known of a run.</summary>
/// <param name="Machine">The machine and the versions of all programs.</param>
/// <param name="Rounds">How often each workload was run.</param>
/// <param name="OpenRate">Requests per second of <see cref="Mode.Open"/>; 0 if it was not run.</param>
/// <param name="Scenarios">What was measured.</param>
/// <param name="Contenders">The servers that were measured.</param>
/// <param name="Absent">The servers and clients that were left out, with the reasons.</param>
/// <param name="Samples">What was measured.</param>
/// <param name="Failures">What failed.</param>
internal sealed record Report(
    ImmutableArray<Fact> Machine,
    int Rounds,
    double OpenRate,
    ImmutableArray<Scenario> Scenarios,
    ImmutableArray<Contender> Contenders,
    ImmutableArray<Fact> Absent,
    Samples Samples,
    ImmutableArray<Failure> Failures
);
