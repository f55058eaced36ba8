using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;
using static TinyTcp.Tests.Server.Simulation;

namespace TinyTcp.Tests.Server;

/// <summary>Replies that the kernel has taken, and the peer has not acknowledged (S-3, S-12).</summary>
public sealed class LoopDeliveryTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Write = Limits.Default.WriteTimeout;
    private static readonly string Requests = string.Concat(Enumerable.Repeat("ECHO 0123456789\n", 20));

    [Fact]
    public void The_second_after_the_last_reply_begins_when_the_peer_has_acknowledged_it()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect(Requests + "QUIT\n", SlowPeer());
        simulation.Advance(Write - Tick);
        ReadAll(simulation, peer);
        Assert.Equal($"{Greeting}{Requests}BYE\n", ReceivedBy(peer));

        simulation.Advance(Session.LingerTime - Tick);
        Assert.False(peer.IsClosed);
        simulation.Advance(MaxLinger - Session.LingerTime + Tick);
        Assert.True(peer.IsClosed && !peer.SawReset);
    }

    [Fact]
    public void A_peer_that_does_not_acknowledge_the_last_reply_is_reset_at_the_write_timeout_and_not_before()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect(Requests + "QUIT\n", SlowPeer());
        simulation.Advance(Write - Tick);
        Assert.False(peer.IsClosed);

        simulation.Advance(MaxWrite - Write + Tick);
        Assert.True(peer.IsClosed && peer.SawReset);
    }

    [Fact]
    public void Without_a_write_timeout_the_last_reply_waits_for_the_peer_without_a_limit()
    {
        using var simulation = new Simulation(TestValues.With(Limits.Default, "write-timeout", 0));
        var peer = simulation.Connect(Requests + "QUIT\n", SlowPeer());
        simulation.Advance(TimeSpan.FromHours(1));
        Assert.False(peer.IsClosed);

        ReadAll(simulation, peer);
        Assert.Equal($"{Greeting}{Requests}BYE\n", ReceivedBy(peer));
        simulation.Advance(MaxLinger + Tick);
        Assert.True(peer.IsClosed);
    }

    /// <summary>Less than half of the send buffer is free all the time, so that the connection is never writable.</summary>
    [Fact]
    public void A_peer_that_acknowledges_a_byte_within_each_write_timeout_is_not_reset()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect(
            string.Concat(Enumerable.Repeat(Requests, 20)),
            new SimulatedPeer
            {
                ReceiveWindow = 50,
                SendBuffer = 1_000,
                ReadsAtOnce = false,
            }
        );
        for (var read = 0; read < 400; read++)
        {
            simulation.Advance(Write);
            peer.Read(limit: 1);
        }

        Assert.False(peer.IsClosed);
        simulation.Advance(MaxWrite + Tick);
        Assert.True(peer.IsClosed && peer.SawReset);
    }

    [Fact]
    public void A_peer_that_sends_too_much_before_it_acknowledges_the_last_reply_is_reset()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect(Requests + "QUIT\n", SlowPeer());
        var block = new string('x', 1024 * 1024);
        for (var sent = 0L; sent <= Session.LingerBytes; sent += block.Length)
        {
            Assert.False(peer.IsClosed);
            simulation.Send(peer, block);
        }

        Assert.True(peer.IsClosed && peer.SawReset);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stop_counts_a_connection_whose_last_reply_is_not_acknowledged_as_aborted(bool isForced)
    {
        using var simulation = new Simulation(TestValues.With(Limits.Default, "write-timeout", 0));
        var peer = simulation.Connect(Requests, SlowPeer());
        simulation.Advance(Session.ShutdownQuietPeriod).Stop();
        if (isForced)
        {
            simulation.Abort();
        }
        else
        {
            simulation.Advance(DrainTimeout - Tick);
            Assert.False(simulation.HasStopped);
            simulation.Advance(Tick);
        }

        Assert.True(simulation.HasStopped);
        Assert.Equal(1, simulation.Limiter.Aborted);

        // The kernel delivers the rest, unless the peer sends more.
        ReadAll(simulation, peer);
        Assert.Equal(Greeting + Requests + WireBytes.Line(ErrorCode.ShuttingDown), ReceivedBy(peer));
    }

    /// <summary>A client that half-closes and does not read is not left to the kernel, which would bound and count nothing.</summary>
    [Fact]
    public void A_half_closed_connection_counts_against_the_limits_until_its_replies_are_acknowledged()
    {
        using var simulation = new Simulation(TestValues.With(Limits.Default, "max-connections", 1));
        var peer = simulation.Connect(Requests, SlowPeer());
        simulation.Finish(peer);
        Assert.False(peer.IsClosed);
        Assert.Equal(WireBytes.Line(ErrorCode.ServerBusy), ReceivedBy(simulation.Connect("")));

        simulation.Advance(Write - Tick);
        ReadAll(simulation, peer);
        Assert.Equal(Greeting + Requests, ReceivedBy(peer));
        Assert.True(peer.IsClosed && peer.SawFin && !peer.SawReset);
        Assert.Equal(Greeting, ReceivedBy(simulation.Connect("")));
    }

    [Fact]
    public void A_half_closed_connection_that_does_not_read_is_reset_at_the_write_timeout()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect(Requests, SlowPeer());
        simulation.Finish(peer).Advance(Write - Tick);
        Assert.False(peer.IsClosed);
        simulation.Advance(MaxWrite - Write + Tick);
        Assert.True(peer.IsClosed && peer.SawReset);
    }

    [Fact]
    public void A_stop_counts_a_half_closed_connection_whose_replies_are_not_acknowledged_as_aborted()
    {
        using var simulation = new Simulation(TestValues.With(Limits.Default, "write-timeout", 0));
        simulation.Finish(simulation.Connect(Requests, SlowPeer())).Stop().Advance(DrainTimeout);
        Assert.True(simulation.HasStopped);
        Assert.Equal(1, simulation.Limiter.Aborted);
    }

    /// <summary>The notice itself is not counted: no peer can have acknowledged it.</summary>
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void An_abort_counts_connections_with_replies_that_are_not_acknowledged(
        bool areAcknowledged,
        int aborted
    )
    {
        using var simulation = new Simulation();
        simulation.Connect(Requests, areAcknowledged ? new SimulatedPeer() : SlowPeer());
        simulation.Abort();
        Assert.Equal(aborted, simulation.Limiter.Aborted);
    }

    [Fact]
    public void A_connection_that_is_writable_and_takes_nothing_is_tried_again_every_50_ms()
    {
        using var simulation = new Simulation();
        var peer = SlowPeer();
        peer.IsOutOfMemory = true;
        simulation.Connect(Requests, peer);
        var before = simulation.System.Trace.Count;
        simulation.Advance(TimeSpan.FromSeconds(1));
        Assert.InRange(simulation.System.Trace.Count - before, 1, 3 * 20);

        peer.IsOutOfMemory = false;
        simulation.Advance(TimeSpan.FromMilliseconds(50));
        ReadAll(simulation, peer);
        Assert.Equal(Greeting + Requests, ReceivedBy(peer));
    }

    [Fact]
    public void A_stop_waits_for_the_acknowledgement_and_counts_nothing()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect(Requests, SlowPeer());
        simulation.Advance(Session.ShutdownQuietPeriod).Stop().Advance(DrainTimeout / 2);
        Assert.False(simulation.HasStopped);

        ReadAll(simulation, peer);
        simulation.Advance(MaxLinger + Tick);
        Assert.True(simulation.HasStopped && !peer.SawReset);
        Assert.Equal(0, simulation.Limiter.Aborted);
    }

    private static SimulatedPeer SlowPeer() =>
        new()
        {
            ReceiveWindow = 50,
            SendBuffer = 1_000,
            ReadsAtOnce = false,
        };

    private static void ReadAll(Simulation simulation, SimulatedPeer peer)
    {
        while (peer.UnreadBytes > 0)
        {
            peer.Read();
            simulation.RunUntilIdle();
        }
    }
}
