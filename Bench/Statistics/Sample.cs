namespace TinyTcp.Bench.Statistics;

/// <summary>A measured value, as one run of the load driver returns it.</summary>
/// <param name="Measure">One of <see cref="MeasureNames"/>.</param>
/// <param name="Value">The value in the measure's unit.</param>
internal readonly record struct Measurement(string Measure, double Value);

/// <summary>A measurement and where it comes from.</summary>
/// <param name="Round">The round, from 1.</param>
/// <param name="Participant">The name of the contender or client program.</param>
/// <param name="Workload">The name of the workload.</param>
/// <param name="Measurement">What was measured.</param>
internal sealed record Sample(int Round, string Participant, string Workload, Measurement Measurement);
