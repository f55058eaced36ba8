namespace TinyTcp.Bench.Statistics;

/// <summary>One figure as it was measured: everything that is reported is computed from these.</summary>
/// <param name="Round">Which round, from 1.</param>
/// <param name="Contender">Whose figure it is.</param>
/// <param name="Cell">What was done: a name of the plan.</param>
/// <param name="Measure">What was measured: a name of <see cref="Measures"/>.</param>
/// <param name="Value">The figure, in the measure's unit.</param>
internal sealed record Sample(int Round, string Contender, string Cell, string Measure, double Value);
