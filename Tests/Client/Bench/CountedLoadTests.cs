using FsCheck;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>A load that ends after a number of requests, or is stopped.</summary>
public class CountedLoadTests
{
    [Law]
    public void Exactly_the_given_number_of_requests_is_sent_and_measured(
        SimulatedLoad load,
        PositiveInt count
    )
    {
        var simulation = new LoadSimulation(load.Profile with { Count = count.Get })
        {
            Segmentation = load.Segmentation,
            ReceiveWindow = load.ReceiveWindow,
        }.Run();
        Assert.True(simulation.Error.IsNone, $"{simulation.Error}");
        Assert.Equal(
            (count.Get, count.Get),
            (simulation.Result.Requests, simulation.Servers.Sum(static server => server.Requests))
        );
    }

    [Fact]
    public void Requests_of_the_warm_up_are_not_counted()
    {
        var simulation = LoadLoopTests.RunWithoutErrors(LoadLoopTests.Closed with { Count = 1_000L });
        Assert.Equal((1_000, 1_000), (simulation.Result.Requests, simulation.Result.Replies));
        Assert.True(simulation.Servers.Sum(static server => server.Requests) > 1_000);
        Assert.InRange(simulation.Seconds, 0.001, 1);
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(2.5, 1.5)]
    [InlineData(9, 3)]
    public void The_measurement_lasts_until_the_run_is_stopped(double stoppedAt, double measured)
    {
        var load = LoadLoopTests.Closed with
        {
            Connections = 1,
            WarmUp = TimeSpan.FromSeconds(1),
            Duration = TimeSpan.FromSeconds(3),
        };
        var simulation = new LoadSimulation(load) { StoppedAt = TimeSpan.FromSeconds(stoppedAt) }.Run();
        Assert.Equal(measured, simulation.Seconds, 0.1);
    }
}
