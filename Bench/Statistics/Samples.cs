namespace TinyTcp.Bench.Statistics;

/// <summary>All samples of a run, summarized on request.</summary>
internal sealed class Samples(IEnumerable<Sample> all)
{
    private readonly ILookup<(string, string, string), (int Round, double Value)> byKey = all.ToLookup(
        static sample => (sample.Participant, sample.Workload, sample.Measurement.Measure),
        static sample => (sample.Round, sample.Measurement.Value)
    );

    /// <summary>A measure over all rounds; null if it was not measured.</summary>
    public Summary? Summarize(string participant, string workload, string measure) =>
        Summary.Of(byKey[(participant, workload, measure)].Select(static value => value.Value));

    /// <summary>
    /// A measure divided by the baseline's. Each round is divided by the same round, which was measured seconds before or
    /// after, so that what slows the machine for a while slows both. Null if one of them was not measured.
    /// </summary>
    public Summary? Ratio(string participant, string baseline, string workload, string measure) =>
        Summary.Of(
            from value in byKey[(participant, workload, measure)]
            join divisor in byKey[(baseline, workload, measure)] on value.Round equals divisor.Round
            where divisor.Value > 0
            select value.Value / divisor.Value
        );
}
