using LanguageExt;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Wire;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;
using static TinyTcp.Tests.Server.Simulation;

namespace TinyTcp.Tests.Server;

/// <summary>The loop drains, aborts and stops.</summary>
public sealed class LoopStopTests
{
    private static readonly string[] Inputs = ["", "TIME\n", "EC"];
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly string ShuttingDown = WireBytes.Line(ErrorCode.ShuttingDown);

    private static string Time => Times(1);

    [Fact]
    public void Every_connection_gets_the_notice_and_the_loop_ends_when_all_have_closed()
    {
        using var simulation = new Simulation();
        var peers = Inputs.Select(simulation.Connect).ToList();
        simulation.Advance(Session.ShutdownQuietPeriod).Stop();

        Assert.All(
            peers,
            static peer =>
            {
                Assert.EndsWith(
                    WireBytes.Line(ErrorCode.ShuttingDown),
                    ReceivedBy(peer),
                    StringComparison.Ordinal
                );
                Assert.True(peer.SawFin && !peer.SawReset);
            }
        );
        Assert.False(simulation.HasStopped);

        peers.ForEach(static peer => peer.Finish());
        simulation.RunUntilIdle();
        Assert.True(simulation.HasStopped);
        Assert.Equal(0, simulation.Limiter.Count);
    }

    [Fact]
    public void A_new_connection_is_refused_at_once()
    {
        using var simulation = new Simulation();
        var open = simulation.Connect("");
        simulation.Stop();
        var late = simulation.System.Connect(new SimulatedPeer());
        Assert.True(late.SawReset);
        simulation.Finish(open);
        Assert.True(simulation.HasStopped);
    }

    [Fact]
    public void Requests_that_arrived_before_a_forced_stop_are_answered()
    {
        using var simulation = new Simulation(eventsPerWait: 1);
        var peers = Enumerable.Range(0, 5).Select(_ => simulation.Connect("")).ToList();
        peers.ForEach(static peer => peer.Send("TIME\n"u8));
        simulation.System.Time.MoveTo(Tick);
        simulation.Abort();
        Assert.All(peers, static peer => Assert.Equal(Greeting + Time + ShuttingDown, ReceivedBy(peer)));
        Assert.Equal(0, simulation.Limiter.Aborted);
    }

    [Fact]
    public void Connections_that_wait_at_a_forced_stop_count_as_aborted()
    {
        using var simulation = new Simulation(acceptsPerWait: 10);
        simulation.RunUntilIdle();
        var waiting = Enumerable
            .Range(0, 100)
            .Select(_ => simulation.System.Connect(new SimulatedPeer()))
            .ToList();
        simulation.RequestStop();
        simulation.Abort();
        Assert.True(simulation.HasStopped);
        Assert.Equal(waiting.Count(static peer => peer.SawReset), simulation.Limiter.Aborted);
        Assert.Equal(90, simulation.Limiter.Aborted);
    }

    [Fact]
    public void Connections_that_cannot_be_accepted_before_a_stop_count_as_aborted()
    {
        var error = new IoError(IoErrorKind.Exhausted, 24, "for the test");
        using var simulation = new Simulation(
            errors: (call, _) => call == SimulatedCall.Accept ? error : Option<IoError>.None
        );
        simulation.RunUntilIdle();
        simulation.System.Connect(new SimulatedPeer());
        simulation.Stop().Advance(DrainTimeout);
        Assert.True(simulation.HasStopped);
        Assert.Equal(1, simulation.Limiter.Aborted);
    }

    [Fact]
    public void A_connection_that_waits_to_be_accepted_is_served()
    {
        using var simulation = new Simulation(acceptsPerWait: 10);
        simulation.RunUntilIdle();
        var waiting = Enumerable
            .Range(0, 100)
            .Select(_ => simulation.System.Connect(new SimulatedPeer()))
            .ToList();
        waiting.ForEach(static peer => peer.Send("TIME\n"u8));
        simulation.Stop();
        Assert.All(waiting, static peer => Assert.Equal(Greeting + Time, ReceivedBy(peer)));

        simulation.Advance(Session.ShutdownQuietPeriod + Session.MaxShutdownDelay);
        Assert.All(waiting, static peer => Assert.Equal(Greeting + Time + ShuttingDown, ReceivedBy(peer)));
    }

    [Fact]
    public void A_busy_connection_gets_the_notice_when_it_has_been_quiet()
    {
        using var simulation = new Simulation();
        var client = simulation.Connect("TIME\n");
        simulation.Stop();
        for (var request = 0; request < 5; request++)
        {
            simulation.Advance(Session.ShutdownQuietPeriod - Tick).Send(client, "TIME\n");
        }

        Assert.Equal(Greeting + Times(6), ReceivedBy(client));
        simulation.Advance(Session.ShutdownQuietPeriod);
        Assert.Equal(Greeting + Times(6) + ShuttingDown, ReceivedBy(client));
    }

    [Fact]
    public void A_connection_that_is_never_quiet_gets_the_notice_after_the_longest_delay()
    {
        using var simulation = new Simulation();
        var client = simulation.Connect("TIME\n");
        simulation.Stop();
        for (var passed = Tick; passed < Session.MaxShutdownDelay; passed += Tick)
        {
            simulation.Advance(Tick).Send(client, "TIME\n");
        }

        Assert.EndsWith(Time, ReceivedBy(client), StringComparison.Ordinal);
        simulation.Advance(Tick);
        Assert.EndsWith(Time + ShuttingDown, ReceivedBy(client), StringComparison.Ordinal);
        Assert.True(client.SawFin);
    }

    [Fact]
    public void Many_connections_get_the_notice_in_groups()
    {
        using var simulation = new Simulation();
        var peers = Enumerable.Range(0, 1_000).Select(_ => simulation.Connect("")).ToList();
        simulation.Advance(Session.ShutdownQuietPeriod).Stop();
        var notified = new List<int>();
        for (var passed = 0; passed < 10; passed++)
        {
            notified.Add(peers.Count(static peer => peer.SawFin));
            simulation.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal([100, 200, 300, 400, 500, 600, 700, 800, 900, 1000], notified);
    }

    [Fact]
    public void A_connection_still_open_at_the_drain_timeout_is_aborted_and_counted()
    {
        using var simulation = new Simulation(TestValues.With(Limits.Default, "write-timeout", 0));
        var stalled = simulation.Connect(
            "HELP\n",
            new SimulatedPeer { ReceiveWindow = 50, ReadsAtOnce = false }
        );
        simulation.Stop().Advance(DrainTimeout - Tick);
        Assert.False(stalled.IsClosed);

        simulation.Advance(Tick);
        Assert.True(simulation.HasStopped);
        Assert.True(stalled.IsClosed);
        Assert.Equal(1, simulation.Limiter.Aborted);
    }

    [Fact]
    public void An_abort_closes_every_connection_at_once()
    {
        using var simulation = new Simulation();
        var peers = Inputs.Select(simulation.Connect).ToList();
        var stalled = simulation.Connect(
            "HELP\n",
            new SimulatedPeer { ReceiveWindow = 50, ReadsAtOnce = false }
        );
        simulation.Stop().Abort();
        Assert.True(simulation.HasStopped);
        Assert.All(peers, static peer => Assert.True(peer.IsClosed));
        Assert.True(stalled.IsClosed);
        Assert.Equal(1, simulation.Limiter.Aborted);
    }

    [Fact]
    public void A_connection_that_got_the_notice_and_does_not_finish_does_not_count_as_aborted()
    {
        using var simulation = new Simulation();
        simulation.Connect("");
        simulation.Advance(Session.ShutdownQuietPeriod).Stop().Abort();
        Assert.True(simulation.HasStopped);
        Assert.Equal(0, simulation.Limiter.Aborted);
    }

    /// <summary>S-9.</summary>
    [Fact]
    public void A_slow_reader_gets_the_reply_to_every_received_request_before_the_notice()
    {
        using var simulation = new Simulation();
        var requests = string.Concat(Enumerable.Repeat("TIME\n", 5_000));
        var slow = simulation.Connect(
            requests,
            new SimulatedPeer { ReceiveWindow = 1_000, ReadsAtOnce = false }
        );
        simulation.Stop();
        for (var read = 0; read < 200_000; read += 1_000)
        {
            slow.Read();
            simulation.Advance(Tick);
        }

        slow.Read();
        simulation.Advance(Session.ShutdownQuietPeriod);
        slow.Read();
        Assert.Equal(Greeting + Times(5_000) + ShuttingDown, ReceivedBy(slow));
    }

    [Fact]
    public void A_stop_after_accepting_has_failed_does_not_spin()
    {
        var error = new IoError(IoErrorKind.Exhausted, 24, "for the test");
        using var simulation = new Simulation(
            TestValues.With(Limits.Default, "write-timeout", 0),
            errors: (call, n) => call == SimulatedCall.Accept && n > 1 ? error : Option<IoError>.None
        );
        simulation.Connect("HELP\n", new SimulatedPeer { ReceiveWindow = 50, ReadsAtOnce = false });
        simulation.Connect("").Finish();
        simulation.Stop().Advance(DrainTimeout);
        Assert.True(simulation.HasStopped);
    }

    [Fact]
    public void Every_connection_gets_the_notice_before_an_abort()
    {
        using var simulation = new Simulation();
        var peers = Enumerable.Range(0, 1_000).Select(_ => simulation.Connect("")).ToList();
        simulation.Stop().Abort();
        Assert.All(
            peers,
            static peer => Assert.EndsWith(ShuttingDown, ReceivedBy(peer), StringComparison.Ordinal)
        );
        Assert.Equal(0, simulation.Limiter.Aborted);
    }

    [Fact]
    public void A_loop_without_connections_ends_at_once()
    {
        using var simulation = new Simulation();
        simulation.RunUntilIdle();
        Assert.False(simulation.HasStopped);
        simulation.Stop();
        Assert.True(simulation.HasStopped);
    }

    private static string Times(int count) =>
        string.Concat(
            Enumerable.Repeat(WireBytes.Line(Reply.Time(Timestamp.From(TestValues.Moment))), count)
        );
}
