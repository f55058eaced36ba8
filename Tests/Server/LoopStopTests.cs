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
    public void Everybody_is_told_and_the_loop_ends_when_they_have_left()
    {
        using var simulation = new Simulation();
        var peers = Begun.Select(simulation.Visit).ToList();
        simulation.Pass(Session.ShutdownQuietPeriod).Stop();

        Assert.All(
            peers,
            static peer =>
            {
                Assert.EndsWith(WireBytes.Line(ErrorCode.ShuttingDown), Said(peer), StringComparison.Ordinal);
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
    public void Who_waits_to_be_accepted_is_still_served()
    {
        using var simulation = new Simulation(acceptsPerTurn: 10);
        simulation.Settle();
        var waiting = Enumerable
            .Range(0, 100)
            .Select(_ => simulation.System.Connect(new SimulatedPeer()))
            .ToList();
        waiting.ForEach(static peer => peer.Send("TIME\n"u8));
        simulation.Stop();
        Assert.All(waiting, static peer => Assert.Equal(Greeting + Time, Said(peer)));

        simulation.Pass(Session.ShutdownQuietPeriod + Session.MaxShutdownDelay);
        Assert.All(waiting, static peer => Assert.Equal(Greeting + Time + ShuttingDown, Said(peer)));
    }

    [Fact]
    public void Who_is_talking_is_told_when_it_has_been_quiet_for_a_moment()
    {
        using var simulation = new Simulation();
        var visitor = simulation.Visit("TIME\n");
        simulation.Stop();
        for (var visit = 0; visit < 5; visit++)
        {
            simulation.Pass(Session.ShutdownQuietPeriod - Tick).Send(visitor, "TIME\n");
        }

        Assert.Equal(Greeting + Times(6), Said(visitor));
        simulation.Pass(Session.ShutdownQuietPeriod);
        Assert.Equal(Greeting + Times(6) + ShuttingDown, Said(visitor));
    }

    [Fact]
    public void Who_goes_on_talking_is_told_all_the_same()
    {
        using var simulation = new Simulation();
        var visitor = simulation.Visit("TIME\n");
        simulation.Stop();
        for (var passed = Tick; passed < Session.MaxShutdownDelay; passed += Tick)
        {
            simulation.Pass(Tick).Send(visitor, "TIME\n");
        }

        Assert.EndsWith(Time, Said(visitor), StringComparison.Ordinal);
        simulation.Pass(Tick);
        Assert.EndsWith(Time + ShuttingDown, Said(visitor), StringComparison.Ordinal);
        Assert.True(visitor.SawFin);
    }

    [Fact]
    public void Many_are_not_told_all_at_once()
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
    public void Who_does_not_leave_is_cut_in_the_end_and_counted()
    {
        using var simulation = new Simulation(Some.With(Limits.Default, "write-timeout", 0));
        var stuck = simulation.Visit("HELP\n", new SimulatedPeer { ReceiveWindow = 50, ReadsAtOnce = false });
        simulation.Stop().Pass(DrainTimeout - Tick);
        Assert.False(stuck.IsClosed);

        simulation.Pass(Tick);
        Assert.True(simulation.HasEnded);
        Assert.True(stuck.IsClosed);
        Assert.Equal(1, simulation.Admission.Aborted);
    }

    [Fact]
    public void A_stop_at_once_waits_for_nobody()
    {
        using var simulation = new Simulation();
        var peers = Begun.Select(simulation.Visit).ToList();
        var stuck = simulation.Visit("HELP\n", new SimulatedPeer { ReceiveWindow = 50, ReadsAtOnce = false });
        simulation.Stop().Cut();
        Assert.True(simulation.HasEnded);
        Assert.All(peers, static peer => Assert.True(peer.IsClosed));
        Assert.True(stuck.IsClosed);
        Assert.Equal(1, simulation.Admission.Aborted);
    }

    [Fact]
    public void Who_has_been_told_and_does_not_finish_is_not_said_to_be_cut()
    {
        using var simulation = new Simulation();
        simulation.Visit("");
        simulation.Pass(Session.ShutdownQuietPeriod).Stop().Cut();
        Assert.True(simulation.HasEnded);
        Assert.Equal(0, simulation.Admission.Aborted);
    }

    /// <summary>S-9.</summary>
    [Fact]
    public void Who_reads_slowly_is_answered_all_that_was_received_before_the_goodbye()
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
        Assert.Equal(Greeting + Times(5_000) + ShuttingDown, Said(slow));
    }

    [Fact]
    public void A_stop_after_accepting_has_failed_does_not_spin()
    {
        var fault = new IoError(IoErrorKind.Exhausted, 24, "for the test");
        using var simulation = new Simulation(
            Some.With(Limits.Default, "write-timeout", 0),
            faults: (call, n) => call == SimulatedCall.Accept && n > 1 ? fault : Option<IoError>.None
        );
        simulation.Visit("HELP\n", new SimulatedPeer { ReceiveWindow = 50, ReadsAtOnce = false });
        simulation.Visit("").Finish();
        simulation.Stop().Pass(DrainTimeout);
        Assert.True(simulation.HasEnded);
    }

    [Fact]
    public void Even_where_there_is_hardly_any_time_everybody_is_told()
    {
        using var simulation = new Simulation();
        var peers = Enumerable.Range(0, 1_000).Select(_ => simulation.Visit("")).ToList();
        simulation.Stop().Cut();
        Assert.All(peers, static peer => Assert.EndsWith(ShuttingDown, Said(peer), StringComparison.Ordinal));
        Assert.Equal(0, simulation.Admission.Aborted);
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

    private static string Times(int count) =>
        string.Concat(Enumerable.Repeat(WireBytes.Line(Reply.Time(Timestamp.From(Some.Moment))), count));
}
