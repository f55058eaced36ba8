using System.Collections.Immutable;
using TinyTcp.Bench.Plan;
using TinyTcp.Bench.Running;
using TinyTcp.Bench.Statistics;

namespace TinyTcp.Bench.Reporting;

/// <summary>All there is to say of a run; how it is said, in JSON, Markdown or as a chart, follows from it alone.</summary>
/// <param name="Machine">Where and with what.</param>
/// <param name="Pace">How long.</param>
/// <param name="OpenRate">The requests per second of open loops; 0 where there were none.</param>
/// <param name="Scenarios">What was done.</param>
/// <param name="Contenders">Who took part.</param>
/// <param name="Absent">Who did not, and why.</param>
/// <param name="Taken">The figures.</param>
/// <param name="Failures">Those that could not be taken.</param>
internal sealed record Report(
    ImmutableArray<Fact> Machine,
    Pace Pace,
    double OpenRate,
    ImmutableArray<Scenario> Scenarios,
    ImmutableArray<Contender> Contenders,
    ImmutableArray<Fact> Absent,
    ImmutableArray<Sample> Taken,
    ImmutableArray<Failure> Failures
)
{
    /// <summary>The figures, to be asked.</summary>
    public Samples Samples { get; } = new(Taken);

    /// <summary>What has to be shown, and what became of it.</summary>
    public ImmutableArray<Verdict> Verdicts =>
        [.. RequirementTable.Rows.Select(requirement => requirement.Judge(Samples))];
}
