using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;
using static TinyTcp.Tests.Server.Simulation;

namespace TinyTcp.Tests.Server;

/// <summary>Deadlines, kept by the loop on virtual time.</summary>
public sealed class LoopTimeTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Idle = Limits.Default.IdleTimeout;
    private static readonly TimeSpan Line = Limits.Default.LineTimeout;

    [Fact]
    public void An_idle_connection_is_told_so_and_closed_at_the_deadline_not_before()
    {
        using var simulation = new Simulation();
        var peer = simulation.Visit("TIME\n");
        simulation.Pass(Idle - Tick);
        Assert.False(peer.SawFin);

        simulation.Pass(Tick);
        Assert.EndsWith(WireBytes.Line(ErrorCode.IdleTimeout), Said(peer), StringComparison.Ordinal);
        Assert.True(peer.SawFin);
    }

    [Fact]
    public void A_deadline_is_kept_though_the_turn_before_it_took_long()
    {
        SimulatedSystem? system = null;
        var lastEntry = TimeSpan.Zero;
        using var simulation = new Simulation(
            faults: (call, _) =>
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
        simulation.Pass(TimeSpan.FromSeconds(10)).Visit("TIME\n");
        simulation.Pass(Idle + TimeSpan.FromSeconds(10));
        Assert.Equal(1, simulation.Log.Count(11));
        Assert.Equal(TimeSpan.FromSeconds(10) + Idle, lastEntry);
    }

    [Fact]
    public void Each_line_starts_the_idle_clock_again()
    {
        using var simulation = new Simulation();
        var peer = simulation.Visit("");
        for (var visit = 0; visit < 5; visit++)
        {
            simulation.Pass(Idle - Tick).Send(peer, "\n");
        }

        Assert.False(peer.SawFin);
        simulation.Pass(Idle);
        Assert.True(peer.SawFin);
    }

    [Fact]
    public void A_byte_now_and_then_does_not_stop_the_clock_of_a_line()
    {
        using var simulation = new Simulation();
        var peer = simulation.Visit("E");
        for (var second = 1; second < Line.TotalSeconds; second++)
        {
            simulation.Pass(TimeSpan.FromSeconds(1)).Send(peer, "x");
        }

        simulation.Pass(TimeSpan.FromSeconds(1) - Tick);
        Assert.False(peer.SawFin);

        simulation.Pass(Tick);
        Assert.EndsWith(WireBytes.Line(ErrorCode.LineTimeout), Said(peer), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_begins_late_in_an_idle_time_has_its_whole_time()
    {
        using var simulation = new Simulation();
        var peer = simulation.Visit("TIME\n");
        simulation.Pass(Idle - Tick).Send(peer, "E").Pass(Line - Tick);
        Assert.False(peer.SawFin);

        simulation.Send(peer, "CHO late\n").Pass(Idle - Tick);
        Assert.EndsWith("ECHO late\n", Said(peer), StringComparison.Ordinal);
        Assert.False(peer.SawFin);
    }

    [Fact]
    public void A_line_that_is_not_read_because_replies_wait_is_not_called_slow_while_they_are_taken()
    {
        using var simulation = new Simulation();
        var requests = string.Concat(Enumerable.Repeat("ECHO 0123456789\n", 100));
        var slow = simulation.Visit(
            requests + "EC",
            new SimulatedPeer { ReceiveWindow = 100, ReadsAtOnce = false }
        );
        simulation.Send(slow, "HO late\n");
        for (var passed = TimeSpan.Zero; passed < Line * 2; passed += Limits.Default.WriteTimeout / 2)
        {
            simulation.Pass(Limits.Default.WriteTimeout / 2);
            slow.Read(limit: 10);
        }

        for (var read = 0; read < requests.Length * 2; read += 100)
        {
            slow.Read();
            simulation.Settle();
        }

        slow.Read();
        Assert.Equal($"{Greeting}{requests}ECHO late\n", Said(slow));
    }

    [Fact]
    public void A_peer_that_takes_no_reply_has_its_deadlines_all_the_same()
    {
        using var simulation = new Simulation();
        var stuck = simulation.Visit(
            "TIME\nHELP\n",
            new SimulatedPeer { ReceiveWindow = 50, ReadsAtOnce = false }
        );
        simulation.Pass(Idle + Limits.Default.WriteTimeout);
        Assert.True(stuck.IsClosed);
    }

    [Fact]
    public void A_jump_of_the_wall_clock_closes_nobody_and_shows_in_the_next_reply()
    {
        using var simulation = new Simulation();
        var peer = simulation.Visit("TIME\n");
        foreach (var hours in new[] { 1, -2 })
        {
            simulation.System.Time.WallOffset += TimeSpan.FromHours(hours);
            simulation.Send(peer, "TIME\n");
        }

        Assert.Equal(
            $"{Greeting}TIME 2025-09-12T17:24:13-05:00\nTIME 2025-09-12T18:24:13-05:00\nTIME 2025-09-12T16:24:13-05:00\n",
            Said(peer)
        );
        Assert.False(peer.SawFin);
    }

    [Fact]
    public void Each_of_many_connections_has_a_deadline_of_its_own()
    {
        using var simulation = new Simulation();
        var peers = new List<SimulatedPeer>();
        for (var n = 0; n < 50; n++)
        {
            peers.Add(simulation.Visit("TIME\n"));
            simulation.Pass(TimeSpan.FromSeconds(1));
        }

        simulation.Pass(Idle - TimeSpan.FromSeconds(50));
        for (var n = 0; n < 50; n++)
        {
            Assert.Equal(n + 1, peers.Count(static peer => peer.SawFin));
            simulation.Pass(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void With_no_idle_limit_a_connection_may_stay_for_ever()
    {
        using var simulation = new Simulation(Some.With(Limits.Default, "idle-timeout", 0));
        var peer = simulation.Visit("TIME\n");
        simulation.Pass(TimeSpan.FromDays(10));
        Assert.False(peer.SawFin);
    }
}
