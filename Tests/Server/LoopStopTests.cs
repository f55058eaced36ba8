using TinyTcp.Core;
using TinyTcp.Server.Loop;
using TinyTcp.Server.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;
using static TinyTcp.Tests.Server.Simulation;

namespace TinyTcp.Tests.Server;

/// <summary>How the loop stops.</summary>
public sealed class LoopStopTests
{
    private static readonly string[] Begun = ["", "TIME\n", "EC"];

    [Fact]
    public void Everybody_is_told_and_the_loop_ends_when_they_have_left()
    {
        using var simulation = new Simulation();
        var peers = Begun.Select(simulation.Visit).ToList();
        simulation.Stop();

        Assert.All(
            peers,
            static peer =>
            {
                Assert.EndsWith(Wire.Line(ProtocolError.ShuttingDown), Said(peer), StringComparison.Ordinal);
                Assert.True(peer.SawFin && !peer.SawReset);
            }
        );
        Assert.False(simulation.HasEnded);

        peers.ForEach(static peer => peer.Finish());
        simulation.Settle();
        Assert.True(simulation.HasEnded);
        Assert.Equal(0, simulation.Admission.Count);
    }

    [Fact]
    public void Nobody_is_accepted_any_more()
    {
        using var simulation = new Simulation();
        var present = simulation.Visit("");
        simulation.Stop();
        Assert.Empty(Said(simulation.Visit("TIME\n")));
        simulation.Finish(present);
        Assert.True(simulation.HasEnded);
    }

    [Fact]
    public void Who_does_not_leave_is_cut_in_the_end()
    {
        using var simulation = new Simulation();
        var stuck = simulation.Visit("HELP\n", new SimulatedPeer { Window = 50, ReadsAtOnce = false });
        simulation.Stop().Pass(EventLoop<SimulatedSystem>.Grace);
        Assert.True(simulation.HasEnded);
        Assert.True(stuck.IsClosed);
    }

    /// <summary>S-9.</summary>
    [Fact]
    public void Who_reads_slowly_is_answered_all_that_was_received_before_the_goodbye()
    {
        using var simulation = new Simulation();
        var requests = string.Concat(Enumerable.Repeat("TIME\n", 5_000));
        var slow = simulation.Visit(requests, new SimulatedPeer { Window = 1_000, ReadsAtOnce = false });
        simulation.Stop();
        for (var read = 0; read < 200_000; read += 1_000)
        {
            slow.Read();
            simulation.Settle();
        }

        slow.Read();
        var replies = string.Concat(Enumerable.Repeat(Wire.Line(Reply.Time(Some.Wall)), 5_000));
        Assert.Equal(Greeting + replies + Wire.Line(ProtocolError.ShuttingDown), Said(slow));
    }

    [Fact]
    public void With_nobody_there_it_ends_at_once()
    {
        using var simulation = new Simulation();
        simulation.Settle();
        Assert.False(simulation.HasEnded);
        simulation.Stop();
        Assert.True(simulation.HasEnded);
    }
}
