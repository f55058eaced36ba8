using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.EventLoops;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>Deadlines wait until everything that came in time is handled, and not for ever.</summary>
public sealed class ObservedTimeTests
{
    private const int MaxWaits = 1_000;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void The_time_is_that_of_the_last_wait_that_left_nothing()
    {
        var observed = default(ObservedTime);
        observed.OnWait(Second);
        observed.OnHandled(areAll: true, connections: 1);
        Assert.Equal(Second, observed.Value);

        observed.OnWait(2 * Second);
        observed.OnHandled(areAll: false, connections: 1);
        observed.OnWait(3 * Second);
        Assert.Equal(Second, observed.Value);

        observed.OnHandled(areAll: true, connections: 1);
        Assert.Equal(2 * Second, observed.Value);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_000)]
    public void The_time_advances_though_each_wait_leaves_something(int connections)
    {
        var observed = default(ObservedTime);
        var waits = 0;
        for (; observed.Value < Second && waits < MaxWaits; waits++)
        {
            observed.OnWait(waits * Second);
            observed.OnHandled(areAll: false, connections);
        }

        // 512 connections a wait, and 512 KiB of each in four receives.
        Assert.InRange(waits, 2 * 4 * (1 + (connections / 512)), MaxWaits - 1);
    }

    [Fact]
    public void A_peer_that_always_has_more_to_receive_delays_no_deadline_of_another()
    {
        var peers = Array.Empty<SimulatedPeer>();
        var block = new byte[1_000];
        using var simulation = new Simulation(
            receiveBuffer: 10,
            onMoment: moment =>
            {
                if (moment == SimulatedMoment.Waiting && peers is [var flood, ..])
                {
                    flood.Send(block);
                }

                return false;
            }
        );
        var idle = simulation.Connect("");
        simulation.Advance(Limits.Default.IdleTimeout - TimeSpan.FromMilliseconds(1));
        peers = [new SimulatedPeer()];
        simulation.System.Connect(peers[0]);
        simulation.Run(iterations: 200, TimeSpan.FromMilliseconds(1));
        Assert.EndsWith(
            WireBytes.Line(ErrorCode.IdleTimeout),
            Simulation.ReceivedBy(idle),
            StringComparison.Ordinal
        );
    }
}
