using TinyTcp.Bench.Plan;
using Xunit;

namespace TinyTcp.Bench.Tests.Plan;

/// <summary>The report finds samples by the names of the plan.</summary>
public class ScenarioTableTests
{
    private static IEnumerable<Workload> Workloads =>
        ScenarioTable.Rows.SelectMany(static scenario => scenario.Workloads);

    [Fact]
    public void Scenarios_have_distinct_names() =>
        Assert.Distinct(ScenarioTable.Rows.Select(static row => row.Name), StringComparer.Ordinal);

    [Fact]
    public void Workloads_have_distinct_names() =>
        Assert.Distinct(Workloads.Select(static workload => workload.Name), StringComparer.Ordinal);

    [Fact]
    public void Contenders_have_distinct_names() =>
        Assert.Distinct(ContenderTable.Rows.Select(static row => row.Name), StringComparer.Ordinal);

    [Fact]
    public void Each_workload_has_its_baseline() =>
        Assert.All(
            Workloads,
            static workload => Assert.Contains(workload.Baseline, workload.Participants(ContenderTable.Rows))
        );

    [Fact]
    public void Each_contender_has_a_workload() =>
        Assert.All(
            ContenderTable.Rows,
            static contender => Assert.Contains(Workloads, workload => workload.Includes(contender))
        );

    [Fact]
    public void A_workload_of_clients_compares_two_programs_and_no_contender() =>
        Assert.All(
            ClientScenarioTable.Rows.SelectMany(static scenario => scenario.Workloads),
            static workload =>
            {
                Assert.Equal(2, workload.Clients.Length);
                Assert.DoesNotContain(ContenderTable.Rows, workload.Includes);
            }
        );

    [Fact]
    public void Memcached_gets_no_echo() =>
        Assert.All(
            Workloads.Where(static workload =>
                ContenderTable.Rows.Any(contender =>
                    contender.Protocol == Protocol.Memcached && workload.Includes(contender)
                )
            ),
            static workload => Assert.Equal("time", workload.Request)
        );

    [Fact]
    public void The_workload_of_the_highest_rate_is_in_the_matrix() =>
        Assert.Contains(ScenarioTable.HighestRate, ScenarioTable.Matrix.Workloads);
}
