using TinyTcp.Bench.Statistics;
using Xunit;

namespace TinyTcp.Bench.Tests.Statistics;

public class SamplesTests
{
    private static readonly Samples Measured = new([
        Of(1, "ours", "work", 10),
        Of(1, "C", "work", 10),
        Of(2, "ours", "work", 40),
        Of(2, "C", "work", 20),
        Of(3, "ours", "work", 1_000),
        Of(4, "C", "work", 1),
        Of(1, "ours", "other", 12),
    ]);

    [Fact]
    public void A_ratio_is_of_values_of_the_same_round() =>
        Assert.Equal(new Summary(1.5, 1, 2, 2), Measured.Ratio("ours", "C", "work", MeasureNames.ServerCpu));

    [Fact]
    public void A_ratio_without_a_baseline_is_null() =>
        Assert.Null(Measured.Ratio("ours", "C", "other", MeasureNames.ServerCpu));

    [Fact]
    public void A_summary_is_of_all_rounds_of_one_measure()
    {
        Assert.Equal(
            new Summary(40, 10, 1_000, 3),
            Measured.Summarize("ours", "work", MeasureNames.ServerCpu)
        );
        Assert.Null(Measured.Summarize("ours", "work", MeasureNames.Rate));
    }

    private static Sample Of(int round, string participant, string workload, double value) =>
        new(round, participant, workload, new(MeasureNames.ServerCpu, value));
}
