using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;
using static TinyTcp.Tests.Server.Simulation;

namespace TinyTcp.Tests.Server;

/// <summary>Deadlines of connections, on virtual time.</summary>
public sealed class LoopTimeTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Idle = Limits.Default.IdleTimeout;
    private static readonly TimeSpan Line = Limits.Default.LineTimeout;

    [Fact]
    public void An_idle_connection_gets_an_error_and_FIN_at_the_deadline_and_not_before()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect("TIME\n");
        simulation.Advance(Idle - Tick);
        Assert.False(peer.SawFin);

        simulation.Advance(Tick);
        Assert.EndsWith(WireBytes.Line(ErrorCode.IdleTimeout), ReceivedBy(peer), StringComparison.Ordinal);
        Assert.True(peer.SawFin);
    }

    [Fact]
    public void A_deadline_is_met_after_a_long_iteration()
    {
        SimulatedSystem? system = null;
        var lastEntry = TimeSpan.Zero;
        using var simulation = new Simulation(
            errors: (call, _) =>
            {
                if (call == SimulatedCall.Receive)
                {
                    system!.Time.MoveTo(system.Time.Monotonic + TimeSpan.FromSeconds(1));
                }

                return default;
            },
            log: new CollectingLog(() => lastEntry = system?.Time.Monotonic ?? lastEntry)
        );
        system = simulation.System;
        simulation.Advance(TimeSpan.FromSeconds(10)).Connect("TIME\n");
        simulation.Advance(Idle + TimeSpan.FromSeconds(10));
        Assert.Equal(1, simulation.Log.Count(11));
        Assert.Equal(TimeSpan.FromSeconds(11) + Idle, lastEntry);
    }

    [Fact]
    public void Each_line_restarts_the_idle_timer()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect("");
        for (var line = 0; line < 5; line++)
        {
            simulation.Advance(Idle - Tick).Send(peer, "\n");
        }

        Assert.False(peer.SawFin);
        simulation.Advance(Idle);
        Assert.True(peer.SawFin);
    }

    [Fact]
    public void A_byte_now_and_then_does_not_restart_the_line_timer()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect("E");
        for (var second = 1; second < Line.TotalSeconds; second++)
        {
            simulation.Advance(TimeSpan.FromSeconds(1)).Send(peer, "x");
        }

        simulation.Advance(TimeSpan.FromSeconds(1) - Tick);
        Assert.False(peer.SawFin);

        simulation.Advance(Tick);
        Assert.EndsWith(WireBytes.Line(ErrorCode.LineTimeout), ReceivedBy(peer), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_begins_just_before_the_idle_timeout_has_the_whole_line_timeout()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect("TIME\n");
        simulation.Advance(Idle - Tick).Send(peer, "E").Advance(Line - Tick);
        Assert.False(peer.SawFin);

        simulation.Send(peer, "CHO late\n").Advance(Idle - Tick);
        Assert.EndsWith("ECHO late\n", ReceivedBy(peer), StringComparison.Ordinal);
        Assert.False(peer.SawFin);
    }

    [Fact]
    public void A_line_has_no_timeout_while_it_is_unread_because_replies_are_pending()
    {
        using var simulation = new Simulation();
        var requests = string.Concat(Enumerable.Repeat("ECHO 0123456789\n", 100));
        var slow = simulation.Connect(
            requests + "EC",
            new SimulatedPeer { ReceiveWindow = 100, ReadsAtOnce = false }
        );
        simulation.Send(slow, "HO late\n");
        for (var passed = TimeSpan.Zero; passed < Line * 2; passed += Limits.Default.WriteTimeout / 2)
        {
            simulation.Advance(Limits.Default.WriteTimeout / 2);
            slow.Read(limit: 10);
        }

        for (var read = 0; read < requests.Length * 2; read += 100)
        {
            slow.Read();
            simulation.RunUntilIdle();
        }

        slow.Read();
        Assert.Equal($"{Greeting}{requests}ECHO late\n", ReceivedBy(slow));
    }

    [Fact]
    public void Deadlines_hold_for_a_peer_that_reads_no_reply()
    {
        using var simulation = new Simulation();
        var stalled = simulation.Connect(
            "TIME\nHELP\n",
            new SimulatedPeer { ReceiveWindow = 50, ReadsAtOnce = false }
        );
        simulation.Advance(Idle + Limits.Default.WriteTimeout);
        Assert.True(stalled.IsClosed);
    }

    [Fact]
    public void A_jump_of_the_wall_clock_closes_no_connection_and_shows_in_the_next_reply()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect("TIME\n");
        foreach (var hours in new[] { 1, -2 })
        {
            simulation.System.Time.WallOffset += TimeSpan.FromHours(hours);
            simulation.Send(peer, "TIME\n");
        }

        Assert.Equal(
            Greeting
                + "TIME 2025-09-12T17:24:13-05:00\n"
                + "TIME 2025-09-12T18:24:13-05:00\n"
                + "TIME 2025-09-12T16:24:13-05:00\n",
            ReceivedBy(peer)
        );
        Assert.False(peer.SawFin);
    }

    [Fact]
    public void Each_connection_has_its_own_deadline()
    {
        using var simulation = new Simulation();
        var peers = new List<SimulatedPeer>();
        for (var n = 0; n < 50; n++)
        {
            peers.Add(simulation.Connect("TIME\n"));
            simulation.Advance(TimeSpan.FromSeconds(1));
        }

        simulation.Advance(Idle - TimeSpan.FromSeconds(50));
        for (var n = 0; n < 50; n++)
        {
            Assert.Equal(n + 1, peers.Count(static peer => peer.SawFin));
            simulation.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void Without_an_idle_timeout_a_connection_stays_open()
    {
        using var simulation = new Simulation(TestValues.With(Limits.Default, "idle-timeout", 0));
        var peer = simulation.Connect("TIME\n");
        simulation.Advance(TimeSpan.FromDays(10));
        Assert.False(peer.SawFin);
    }
}
