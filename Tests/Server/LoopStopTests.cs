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

/// <summary>How the loop stops.</summary>
public sealed class LoopStopTests
{
    private static readonly string[] Begun = ["", "TIME\n", "EC"];
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly string ShuttingDown = WireBytes.Line(ErrorCode.ShuttingDown);

    private static string Time => Times(1);

    [Fact]
    public void Every_connection_gets_the_notice_and_the_loop_ends_when_all_have_closed()
    {
        using var simulation = new Simulation();
        var peers = Begun.Select(simulation.Visit).ToList();
        simulation.Pass(Session.ShutdownQuietPeriod).Stop();

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
        Assert.False(simulation.HasEnded);

        peers.ForEach(static peer => peer.Finish());
        simulation.Settle();
        Assert.True(simulation.HasEnded);
        Assert.Equal(0, simulation.Limiter.Count);
    }

    [Fact]
    public void No_new_connection_is_accepted()
    {
        using var simulation = new Simulation();
        var present = simulation.Visit("");
        simulation.Stop();
        Assert.Empty(ReceivedBy(simulation.Visit("TIME\n")));
        simulation.Finish(present);
        Assert.True(simulation.HasEnded);
    }

    [Fact]
    public void A_connection_that_waits_to_be_accepted_is_served()
    {
        using var simulation = new Simulation(acceptsPerWait: 10);
        simulation.Settle();
        var waiting = Enumerable
            .Range(0, 100)
            .Select(_ => simulation.System.Connect(new SimulatedPeer()))
            .ToList();
        waiting.ForEach(static peer => peer.Send("TIME\n"u8));
        simulation.Stop();
        Assert.All(waiting, static peer => Assert.Equal(Greeting + Time, ReceivedBy(peer)));

        simulation.Pass(Session.ShutdownQuietPeriod + Session.MaxShutdownDelay);
        Assert.All(waiting, static peer => Assert.Equal(Greeting + Time + ShuttingDown, ReceivedBy(peer)));
    }

    [Fact]
    public void A_busy_connection_gets_the_notice_when_it_has_been_quiet()
    {
        using var simulation = new Simulation();
        var visitor = simulation.Visit("TIME\n");
        simulation.Stop();
        for (var visit = 0; visit < 5; visit++)
        {
            simulation.Pass(Session.ShutdownQuietPeriod - Tick).Send(visitor, "TIME\n");
        }

        Assert.Equal(Greeting + Times(6), ReceivedBy(visitor));
        simulation.Pass(Session.ShutdownQuietPeriod);
        Assert.Equal(Greeting + Times(6) + ShuttingDown, ReceivedBy(visitor));
    }

    [Fact]
    public void A_connection_that_is_never_quiet_gets_the_notice_after_the_longest_delay()
    {
        using var simulation = new Simulation();
        var visitor = simulation.Visit("TIME\n");
        simulation.Stop();
        for (var passed = Tick; passed < Session.MaxShutdownDelay; passed += Tick)
        {
            simulation.Pass(Tick).Send(visitor, "TIME\n");
        }

        Assert.EndsWith(Time, ReceivedBy(visitor), StringComparison.Ordinal);
        simulation.Pass(Tick);
        Assert.EndsWith(Time + ShuttingDown, ReceivedBy(visitor), StringComparison.Ordinal);
        Assert.True(visitor.SawFin);
    }

    [Fact]
    public void Many_connections_get_the_notice_in_groups()
    {
        using var simulation = new Simulation();
        var peers = Enumerable.Range(0, 1_000).Select(_ => simulation.Visit("")).ToList();
        simulation.Pass(Session.ShutdownQuietPeriod).Stop();
        var told = new List<int>();
        for (var passed = 0; passed < 10; passed++)
        {
            told.Add(peers.Count(static peer => peer.SawFin));
            simulation.Pass(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal([100, 200, 300, 400, 500, 600, 700, 800, 900, 1000], told);
    }

    [Fact]
    public void A_connection_that_is_left_at_the_drain_timeout_is_aborted_and_counted()
    {
        using var simulation = new Simulation(Some.With(Limits.Default, "write-timeout", 0));
        var stuck = simulation.Visit("HELP\n", new SimulatedPeer { ReceiveWindow = 50, ReadsAtOnce = false });
        simulation.Stop().Pass(DrainTimeout - Tick);
        Assert.False(stuck.IsClosed);

        simulation.Pass(Tick);
        Assert.True(simulation.HasEnded);
        Assert.True(stuck.IsClosed);
        Assert.Equal(1, simulation.Limiter.Aborted);
    }

    [Fact]
    public void An_abort_closes_every_connection_at_once()
    {
        using var simulation = new Simulation();
        var peers = Begun.Select(simulation.Visit).ToList();
        var stuck = simulation.Visit("HELP\n", new SimulatedPeer { ReceiveWindow = 50, ReadsAtOnce = false });
        simulation.Stop().Abort();
        Assert.True(simulation.HasEnded);
        Assert.All(peers, static peer => Assert.True(peer.IsClosed));
        Assert.True(stuck.IsClosed);
        Assert.Equal(1, simulation.Limiter.Aborted);
    }

    [Fact]
    public void A_connection_that_got_the_notice_and_does_not_finish_does_not_count_as_aborted()
    {
        using var simulation = new Simulation();
        simulation.Visit("");
        simulation.Pass(Session.ShutdownQuietPeriod).Stop().Abort();
        Assert.True(simulation.HasEnded);
        Assert.Equal(0, simulation.Limiter.Aborted);
    }

    /// <summary>S-9.</summary>
    [Fact]
    public void A_slow_reader_gets_the_replies_to_all_that_was_received_before_the_notice()
    {
        using var simulation = new Simulation();
        var requests = string.Concat(Enumerable.Repeat("TIME\n", 5_000));
        var slow = simulation.Visit(
            requests,
            new SimulatedPeer { ReceiveWindow = 1_000, ReadsAtOnce = false }
        );
        simulation.Stop();
        for (var read = 0; read < 200_000; read += 1_000)
        {
            slow.Read();
            simulation.Pass(Tick);
        }

        slow.Read();
        simulation.Pass(Session.ShutdownQuietPeriod);
        slow.Read();
        Assert.Equal(Greeting + Times(5_000) + ShuttingDown, ReceivedBy(slow));
    }

    [Fact]
    public void A_stop_after_accepting_has_failed_does_not_spin()
    {
        var error = new IoError(IoErrorKind.Exhausted, 24, "for the test");
        using var simulation = new Simulation(
            Some.With(Limits.Default, "write-timeout", 0),
            errors: (call, n) => call == SimulatedCall.Accept && n > 1 ? error : Option<IoError>.None
        );
        simulation.Visit("HELP\n", new SimulatedPeer { ReceiveWindow = 50, ReadsAtOnce = false });
        simulation.Visit("").Finish();
        simulation.Stop().Pass(DrainTimeout);
        Assert.True(simulation.HasEnded);
    }

    [Fact]
    public void Every_connection_gets_the_notice_before_an_abort()
    {
        using var simulation = new Simulation();
        var peers = Enumerable.Range(0, 1_000).Select(_ => simulation.Visit("")).ToList();
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
        simulation.Settle();
        Assert.False(simulation.HasEnded);
        simulation.Stop();
        Assert.True(simulation.HasEnded);
    }

    private static string Times(int count) =>
        string.Concat(Enumerable.Repeat(WireBytes.Line(Reply.Time(Timestamp.From(Some.Moment))), count));
}
