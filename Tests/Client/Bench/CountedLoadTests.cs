using FsCheck;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>A load that ends after a number of requests.</summary>
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
    }
}
