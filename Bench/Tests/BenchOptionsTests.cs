using TinyTcp.Bench.Plan;
using Xunit;

namespace TinyTcp.Bench.Tests;

public class BenchOptionsTests
{
    [Fact]
    public async Task Without_options_the_run_is_complete()
    {
        var options = await ParseAsync();
        Assert.True(options.IsComplete);
        Assert.Equal(RunSettings.Full, options.Settings);
    }

    [Theory]
    [InlineData("--quick")]
    [InlineData("--rounds", "1")]
    [InlineData("--only", "churn")]
    [InlineData("--contender", "redis")]
    public async Task A_shorter_run_is_not_complete(params string[] arguments) =>
        Assert.False((await ParseAsync(arguments)).IsComplete);

    [Fact]
    public async Task Client_chooses_all_scenarios_of_clients()
    {
        var options = await ParseAsync("--only", "client", "--only", "churn");
        Assert.Equal(
            ["churn", .. ClientScenarioTable.Rows.Select(static row => row.Name)],
            options.Scenarios.Select(static row => row.Name)
        );
    }

    [Fact]
    public async Task The_baseline_is_measured_beside_a_chosen_contender() =>
        Assert.Equal(
            ["C loop", "redis"],
            (await ParseAsync("--contender", "redis")).Contenders.Select(static row => row.Name)
        );

    private static async Task<BenchOptions> ParseAsync(params string[] arguments)
    {
        BenchOptions? parsed = null;
        var exitCode = await BenchOptions
            .CreateCommand(options =>
            {
                parsed = options;
                return Task.FromResult(0);
            })
            .Parse(arguments)
            .InvokeAsync();
        Assert.Equal(0, exitCode);
        return parsed!;
    }
}
