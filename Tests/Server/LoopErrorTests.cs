using LanguageExt;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;
using static TinyTcp.Tests.Server.Simulation;

namespace TinyTcp.Tests.Server;

/// <summary>Whatever call fails, and whenever: somebody may lose a connection, nobody else notices.</summary>
public sealed class LoopErrorTests
{
    public static TheoryData<string> Kinds => [.. Enum.GetNames<IoErrorKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void After_an_error_in_any_call_the_next_connection_is_served_and_nothing_leaks(string kind)
    {
        var error = new IoError(Enum.Parse<IoErrorKind>(kind), 1, "for the test");
        var calls = 0;
        for (var failing = 0; failing <= calls; failing++)
        {
            var nth = failing;
            using var simulation = new Simulation(errors: (_, n) => n == nth ? error : Option<IoError>.None);
            VisitAllStages(simulation);
            calls = simulation.System.CallCount;

            simulation.Pass(TimeSpan.FromSeconds(5));
            var polite = simulation.Visit("ECHO still here\nQUIT\n");
            simulation.Finish(polite).Pass(TimeSpan.FromSeconds(2));

            Assert.Equal($"{Greeting}ECHO still here\nBYE\n", ReceivedBy(polite));
            Assert.Equal(0, simulation.Limiter.Count);
            Assert.Equal(0, simulation.System.OpenConnections);
            Assert.False(simulation.Log.HasErrors);
        }

        Assert.True(calls > 20, "the scenario has to make calls enough");
    }

    [Theory]
    [InlineData("")]
    [InlineData("EC")]
    [InlineData("ECHO x\n")]
    [InlineData("ECHO x\nECHO y")]
    [InlineData("QUIT\n")]
    [InlineData("GET / HTTP/1.1\n")]
    public void A_reset_in_any_state_is_not_an_error_of_the_server(string before)
    {
        using var simulation = new Simulation();
        var lost = simulation.Visit(before);
        lost.Reset();
        simulation.Settle();

        Assert.Equal(0, simulation.System.OpenConnections);
        Assert.Equal(0, simulation.Limiter.Count);
        Assert.False(simulation.Log.HasErrors);
        Assert.Equal($"{Greeting}ECHO x\n", ReceivedBy(simulation.Visit("ECHO x\n")));
    }

    [Fact]
    public void A_reset_while_replies_are_pending_is_not_an_error_of_the_server()
    {
        using var simulation = new Simulation();
        var slow = simulation.Visit(
            string.Concat(Enumerable.Repeat("HELP\n", 100)),
            new SimulatedPeer { ReceiveWindow = 100, ReadsAtOnce = false }
        );
        slow.Reset();
        simulation.Settle();
        Assert.Equal(0, simulation.System.OpenConnections);
    }

    [Fact]
    public void Without_descriptors_accepting_pauses_longer_and_longer_and_one_message_is_logged()
    {
        var exhausted = new IoError(IoErrorKind.Exhausted, 24, "Too many open files");
        var broken = true;
        var attempts = 0;
        using var simulation = new Simulation(
            errors: (call, _) =>
                call == SimulatedCall.Accept && broken && ++attempts > 0 ? exhausted : Option<IoError>.None
        );
        var peer = simulation.Visit("TIME\n");
        simulation.Pass(TimeSpan.FromSeconds(60));
        Assert.InRange(attempts, 60, 70);
        Assert.Equal(1, simulation.Log.Count(20));

        broken = false;
        simulation.Pass(TimeSpan.FromSeconds(1));
        Assert.StartsWith(Greeting + "TIME", ReceivedBy(peer), StringComparison.Ordinal);
        Assert.Equal(0, simulation.Log.Count(21));

        simulation.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(1, simulation.Log.Count(21));
    }

    [Fact]
    public void Failures_to_accept_that_alternate_with_successes_are_logged_once()
    {
        var exhausted = new IoError(IoErrorKind.Exhausted, 24, "Too many open files");
        var accepts = 0;
        var crowded = true;
        using var simulation = new Simulation(
            errors: (call, _) =>
                call == SimulatedCall.Accept && crowded && accepts++ % 2 == 1
                    ? exhausted
                    : Option<IoError>.None
        );
        for (var visit = 0; visit < 100; visit++)
        {
            simulation.Visit("").Finish();
            simulation.Pass(TimeSpan.FromMilliseconds(500));
        }

        Assert.Equal(1, simulation.Log.Count(20));
        Assert.Equal(0, simulation.Log.Count(21));

        crowded = false;
        simulation.Pass(TimeSpan.FromSeconds(3));
        Assert.Equal(1, simulation.Log.Count(21));
    }

    [Fact]
    public void A_peer_that_is_gone_before_it_is_accepted_delays_no_other_and_is_not_logged()
    {
        var aborted = new IoError(IoErrorKind.ConnectionLost, 103, "Software caused connection abort");
        using var simulation = new Simulation(
            errors: (call, n) => call == SimulatedCall.Accept && n == 0 ? aborted : Option<IoError>.None
        );
        Assert.Equal(Greeting, ReceivedBy(simulation.Visit("")));
        Assert.Equal(0, simulation.Log.Count(20));
    }

    [Fact]
    public void Accepting_that_cannot_be_turned_on_is_retried_until_it_can()
    {
        var error = new IoError(IoErrorKind.Unexpected, 28, "No space left on device");
        var refusals = 0;
        using var simulation = new Simulation(
            errors: (call, n) =>
                (call == SimulatedCall.Accept && n == 0) || (call == SimulatedCall.Listen && refusals++ < 5)
                    ? error
                    : Option<IoError>.None
        );
        var peer = simulation.Visit("TIME\n");
        simulation.Pass(TimeSpan.FromSeconds(3));
        Assert.StartsWith(Greeting + "TIME", ReceivedBy(peer), StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_above_the_limit_is_rejected_and_one_is_accepted_after_another_has_closed()
    {
        using var simulation = new Simulation(Some.With(Limits.Default, "max-connections", 2));
        var first = simulation.Visit("");
        simulation.Visit("");
        var refused = simulation.Visit("TIME\n");
        Assert.Equal(WireBytes.Line(ErrorCode.ServerBusy), ReceivedBy(refused));
        Assert.True(refused.SawFin && !refused.SawReset);

        simulation.Finish(refused).Finish(first);
        Assert.Equal(Greeting, ReceivedBy(simulation.Visit("")));
    }

    private static void VisitAllStages(Simulation simulation)
    {
        var talker = simulation.Visit("TIME\nEC");
        simulation.Visit("ECHO gone\nQUIT\n").Finish();
        simulation.Visit("HELP").Finish();
        var slow = simulation.Visit(
            "HELP\nHELP\nHELP\n",
            new SimulatedPeer { ReceiveWindow = 60, ReadsAtOnce = false }
        );
        simulation.Send(talker, "HO whole\nQUIT\n");
        talker.Finish();
        for (var turn = 0; turn < 20 && !slow.SawFin && !slow.SawReset; turn++)
        {
            slow.Read();
            slow.Finish();
            simulation.Pass(TimeSpan.FromSeconds(2));
        }
    }
}
