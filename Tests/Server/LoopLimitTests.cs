using System.Net;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.Admission;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;
using static TinyTcp.Tests.Server.Simulation;

namespace TinyTcp.Tests.Server;

/// <summary>The limits on connections and on unsent replies (S-10 to S-12).</summary>
public sealed class LoopLimitTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Write = Limits.Default.WriteTimeout;
    private static readonly string Busy = WireBytes.Line(ErrorCode.ServerBusy);
    private static readonly string TooMany = WireBytes.Line(ErrorCode.TooManyConnections);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Connections_up_to_the_limit_are_served_and_the_next_is_rejected(int max)
    {
        using var simulation = new Simulation(TestValues.With(Limits.Default, "max-connections", max));
        var open = Enumerable.Range(0, max).Select(_ => simulation.Connect("")).ToList();
        Assert.All(open, static peer => Assert.Equal(Greeting, ReceivedBy(peer)));

        var rejected = simulation.Connect("");
        Assert.Equal(Busy, ReceivedBy(rejected));
        Assert.True(rejected.SawFin && !rejected.SawReset);
        Assert.Equal(1, simulation.Limiter.ServerFull);

        simulation.Finish(open[0]);
        Assert.Equal(Greeting, ReceivedBy(simulation.Connect("")));
    }

    [Fact]
    public void The_limit_per_address_holds_for_IPv4_and_mapped_IPv6_together()
    {
        using var simulation = new Simulation(
            TestValues.With(Limits.Default, "max-connections-per-address", 2)
        );
        Assert.Equal(Greeting, ReceivedBy(ConnectFrom(simulation, "192.0.2.1")));
        var second = ConnectFrom(simulation, "::ffff:192.0.2.1");
        Assert.Equal(Greeting, ReceivedBy(second));

        Assert.Equal(TooMany, ReceivedBy(ConnectFrom(simulation, "192.0.2.1")));
        Assert.Equal(TooMany, ReceivedBy(ConnectFrom(simulation, "::ffff:192.0.2.1")));
        Assert.Equal(Greeting, ReceivedBy(ConnectFrom(simulation, "192.0.2.2")));

        simulation.Finish(second);
        Assert.Equal(Greeting, ReceivedBy(ConnectFrom(simulation, "192.0.2.1")));
        Assert.Equal(4, simulation.Limiter.Count + 1);
    }

    [Fact]
    public void A_rejected_connection_lingers_so_that_the_reason_is_read_unless_there_are_many()
    {
        using var simulation = new Simulation(TestValues.With(Limits.Default, "max-connections", 1));
        var open = simulation.Connect("");
        var rejected = Enumerable
            .Range(0, ConnectionLimiter.MaxLingeringRejections + 5)
            .Select(_ => simulation.Connect(""))
            .ToList();

        Assert.All(rejected, static peer => Assert.Equal(Busy, ReceivedBy(peer)));
        Assert.All(rejected, static peer => Assert.True(peer.SawFin));
        Assert.Equal(5, rejected.Count(static peer => peer.IsClosed));
        Assert.Equal(1 + ConnectionLimiter.MaxLingeringRejections, simulation.System.OpenConnections);

        simulation.Send(open, "ECHO still served\n").Advance(MaxLinger);
        Assert.EndsWith("ECHO still served\n", ReceivedBy(open), StringComparison.Ordinal);
        Assert.Equal(1, simulation.System.OpenConnections);
    }

    [Fact]
    public void A_peer_that_reads_no_reply_is_reset_at_the_write_timeout_and_not_before()
    {
        using var simulation = new Simulation();
        var stalled = simulation.Connect(
            "TIME\nECHO 0123456789012345678901234567890123456789012345678901234567890123456789\n",
            new SimulatedPeer { ReceiveWindow = 50, ReadsAtOnce = false }
        );
        simulation.Advance(Write - Tick);
        Assert.False(stalled.IsClosed);

        simulation.Advance(MaxWrite - Write + Tick);
        Assert.True(stalled.SawReset && stalled.IsClosed);
    }

    [Fact]
    public void A_peer_that_reads_slowly_is_served()
    {
        using var simulation = new Simulation();
        var slow = simulation.Connect(
            "TIME\nECHO 0123456789012345678901234567890123456789012345678901234567890123456789\n",
            new SimulatedPeer { ReceiveWindow = 50, ReadsAtOnce = false }
        );
        for (var read = 0; read < 20; read++)
        {
            simulation.Advance(Write - Tick);
            slow.Read(limit: 10);
            simulation.RunUntilIdle();
        }

        Assert.EndsWith("0123456789\n", ReceivedBy(slow), StringComparison.Ordinal);
        Assert.False(slow.IsClosed);
    }

    /// <summary>At most one receive buffer of requests is read ahead, however many requests the peer sends.</summary>
    [Fact]
    public void A_peer_that_does_not_read_is_not_read_from()
    {
        using var simulation = new Simulation();
        var requests = string.Concat(Enumerable.Repeat("ECHO 0123456789\n", 100_000));
        var slow = simulation.Connect(
            requests,
            new SimulatedPeer { ReceiveWindow = 1_000, ReadsAtOnce = false }
        );
        var received = requests.Length - slow.Sent.Count;
        Assert.InRange(received, 1, TinyTcp.Server.TinyServer.ReceiveBuffer);

        simulation.Advance(Write - Tick);
        Assert.Equal(requests.Length - received, slow.Sent.Count);
    }

    private static SimulatedPeer ConnectFrom(Simulation simulation, string address) =>
        simulation.Connect("", new SimulatedPeer { Address = IPAddress.Parse(address) });
}
