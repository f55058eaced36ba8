using System.Net;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.Admission;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;
using static TinyTcp.Tests.Server.Simulation;

namespace TinyTcp.Tests.Server;

/// <summary>The limits that the loop keeps at the door and at the way out (S-10 to S-12).</summary>
public sealed class LoopLimitTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Write = Limits.Default.WriteTimeout;
    private static readonly string Busy = WireBytes.Line(ErrorCode.ServerBusy);
    private static readonly string TooMany = WireBytes.Line(ErrorCode.TooManyConnections);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Connections_up_to_the_limit_are_served_and_the_next_is_rejected(int most)
    {
        using var simulation = new Simulation(Some.With(Limits.Default, "max-connections", most));
        var present = Enumerable.Range(0, most).Select(_ => simulation.Visit("")).ToList();
        Assert.All(present, static peer => Assert.Equal(Greeting, ReceivedBy(peer)));

        var refused = simulation.Visit("");
        Assert.Equal(Busy, ReceivedBy(refused));
        Assert.True(refused.SawFin && !refused.SawReset);
        Assert.Equal(1, simulation.Limiter.Rejected);

        simulation.Finish(present[0]);
        Assert.Equal(Greeting, ReceivedBy(simulation.Visit("")));
    }

    [Fact]
    public void The_limit_per_address_holds_for_IPv4_and_mapped_IPv6_together()
    {
        using var simulation = new Simulation(Some.With(Limits.Default, "max-connections-per-address", 2));
        Assert.Equal(Greeting, ReceivedBy(Visit(simulation, "192.0.2.1")));
        var second = Visit(simulation, "::ffff:192.0.2.1");
        Assert.Equal(Greeting, ReceivedBy(second));

        Assert.Equal(TooMany, ReceivedBy(Visit(simulation, "192.0.2.1")));
        Assert.Equal(TooMany, ReceivedBy(Visit(simulation, "::ffff:192.0.2.1")));
        Assert.Equal(Greeting, ReceivedBy(Visit(simulation, "192.0.2.2")));

        simulation.Finish(second);
        Assert.Equal(Greeting, ReceivedBy(Visit(simulation, "192.0.2.1")));
        Assert.Equal(4, simulation.Limiter.Count + 1);
    }

    [Fact]
    public void A_rejected_connection_lingers_so_that_the_reason_is_read_unless_there_are_many()
    {
        using var simulation = new Simulation(Some.With(Limits.Default, "max-connections", 1));
        var present = simulation.Visit("");
        var refused = Enumerable
            .Range(0, ConnectionLimiter.MaxLingeringRejections + 5)
            .Select(_ => simulation.Visit(""))
            .ToList();

        Assert.All(refused, static peer => Assert.Equal(Busy, ReceivedBy(peer)));
        Assert.All(refused, static peer => Assert.True(peer.SawFin));
        Assert.Equal(5, refused.Count(static peer => peer.IsClosed));
        Assert.Equal(1 + ConnectionLimiter.MaxLingeringRejections, simulation.System.OpenConnections);

        simulation.Send(present, "ECHO still served\n").Pass(Session.LingerTime);
        Assert.EndsWith("ECHO still served\n", ReceivedBy(present), StringComparison.Ordinal);
        Assert.Equal(1, simulation.System.OpenConnections);
    }

    [Fact]
    public void A_peer_that_takes_no_reply_is_reset_at_the_write_timeout_and_not_before()
    {
        using var simulation = new Simulation();
        var stuck = simulation.Visit(
            "TIME\nHELP\n",
            new SimulatedPeer { ReceiveWindow = 50, ReadsAtOnce = false }
        );
        simulation.Pass(Write - Tick);
        Assert.False(stuck.IsClosed);

        simulation.Pass(Tick);
        Assert.True(stuck.SawReset && stuck.IsClosed);
    }

    [Fact]
    public void A_peer_that_takes_replies_slowly_is_served()
    {
        using var simulation = new Simulation();
        var slow = simulation.Visit(
            "TIME\nHELP\n",
            new SimulatedPeer { ReceiveWindow = 50, ReadsAtOnce = false }
        );
        for (var read = 0; read < 20; read++)
        {
            simulation.Pass(Write - Tick);
            slow.Read(limit: 10);
            simulation.Settle();
        }

        Assert.EndsWith("QUIT\n", ReceivedBy(slow), StringComparison.Ordinal);
        Assert.False(slow.IsClosed);
    }

    /// <summary>However much it asks for: what is held for it is what one receive and one full buffer hold.</summary>
    [Fact]
    public void A_peer_that_does_not_read_is_not_read_from()
    {
        using var simulation = new Simulation();
        var requests = string.Concat(Enumerable.Repeat("ECHO 0123456789\n", 100_000));
        var silent = simulation.Visit(
            requests,
            new SimulatedPeer { ReceiveWindow = 1_000, ReadsAtOnce = false }
        );
        var taken = requests.Length - silent.Sent.Count;
        Assert.InRange(taken, 1, TinyTcp.Server.TinyServer.ReceiveBuffer);

        simulation.Pass(Write - Tick);
        Assert.Equal(requests.Length - taken, silent.Sent.Count);
    }

    private static SimulatedPeer Visit(Simulation simulation, string address) =>
        simulation.Visit("", new SimulatedPeer { Address = IPAddress.Parse(address) });
}
