using System.Net.Sockets;
using LanguageExt;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;
using static TinyTcp.Tests.Server.Simulation;

namespace TinyTcp.Tests.Server;

/// <summary>A failed system call costs at most the connection that it was for.</summary>
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
            PassThroughAllStates(simulation);
            calls = simulation.System.CallCount;

            simulation.Advance(TimeSpan.FromSeconds(5));
            var next = simulation.Connect("ECHO still here\nQUIT\n");
            simulation.Finish(next).Advance(TimeSpan.FromSeconds(2));

            Assert.Equal($"{Greeting}ECHO still here\nBYE\n", ReceivedBy(next));
            Assert.Equal(0, simulation.Limiter.Count);
            Assert.Equal(0, simulation.System.OpenConnections);
            Assert.False(simulation.Log.HasErrors);
        }

        Assert.True(calls > 20, "too few calls to be representative");
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
        var peer = simulation.Connect(before);
        peer.Reset();
        simulation.RunUntilIdle();

        Assert.Equal(0, simulation.System.OpenConnections);
        Assert.Equal(0, simulation.Limiter.Count);
        Assert.False(simulation.Log.HasErrors);
        Assert.Equal($"{Greeting}ECHO x\n", ReceivedBy(simulation.Connect("ECHO x\n")));
    }

    [Fact]
    public void A_reset_while_replies_are_pending_is_not_an_error_of_the_server()
    {
        using var simulation = new Simulation();
        var slow = simulation.Connect(
            string.Concat(Enumerable.Repeat("HELP\n", 100)),
            new SimulatedPeer { ReceiveWindow = 100, ReadsAtOnce = false }
        );
        slow.Reset();
        simulation.RunUntilIdle();
        Assert.Equal(0, simulation.System.OpenConnections);
    }

    [Fact]
    public void Without_descriptors_accepting_pauses_longer_and_longer_and_one_message_is_logged()
    {
        var exhausted = new IoError(IoErrorKind.Exhausted, 24, "Too many open files");
        var isExhausted = true;
        var attempts = 0;
        using var simulation = new Simulation(
            errors: (call, _) =>
                call == SimulatedCall.Accept && isExhausted && ++attempts > 0
                    ? exhausted
                    : Option<IoError>.None
        );
        var peer = simulation.Connect("TIME\n");
        simulation.Advance(TimeSpan.FromSeconds(60));
        Assert.InRange(attempts, 60, 70);
        Assert.Equal(1, simulation.Log.Count(20));

        isExhausted = false;
        simulation.Advance(TimeSpan.FromSeconds(1));
        Assert.StartsWith(Greeting + "TIME", ReceivedBy(peer), StringComparison.Ordinal);
        Assert.Equal(0, simulation.Log.Count(21));

        simulation.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, simulation.Log.Count(21));
    }

    [Fact]
    public void Failures_to_accept_that_alternate_with_successes_are_logged_once()
    {
        var exhausted = new IoError(IoErrorKind.Exhausted, 24, "Too many open files");
        var accepts = 0;
        var isExhausted = true;
        using var simulation = new Simulation(
            errors: (call, _) =>
                call == SimulatedCall.Accept && isExhausted && accepts++ % 2 == 1
                    ? exhausted
                    : Option<IoError>.None
        );
        for (var connection = 0; connection < 100; connection++)
        {
            simulation.Connect("").Finish();
            simulation.Advance(TimeSpan.FromMilliseconds(500));
        }

        Assert.Equal(1, simulation.Log.Count(20));
        Assert.Equal(0, simulation.Log.Count(21));

        isExhausted = false;
        simulation.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(1, simulation.Log.Count(21));
    }

    [Fact]
    public void A_listener_that_no_longer_listens_ends_the_loop()
    {
        var dead = new IoError(IoErrorKind.Unexpected, 22, "Invalid argument", SocketError.InvalidArgument);
        using var simulation = new Simulation(
            errors: (call, _) => call == SimulatedCall.Accept ? dead : Option<IoError>.None
        );
        var exception = Assert.Throws<IOException>(() => simulation.Connect(""));
        Assert.Contains("no longer listens", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_delay_of_the_loop_does_not_end_a_series_of_failures_to_accept()
    {
        var exhausted = new IoError(IoErrorKind.Exhausted, 24, "Too many open files");
        using var simulation = new Simulation(
            errors: (call, _) => call == SimulatedCall.Accept ? exhausted : Option<IoError>.None
        );
        simulation.Connect("");
        for (var delay = 0; delay < 5; delay++)
        {
            simulation.System.Time.MoveTo(simulation.System.Time.Monotonic + TimeSpan.FromSeconds(5));
            simulation.RunUntilIdle();
        }

        Assert.Equal(1, simulation.Log.Count(20));
        Assert.Equal(0, simulation.Log.Count(21));
    }

    [Fact]
    public void A_peer_that_is_gone_before_it_is_accepted_delays_no_other_and_is_not_logged()
    {
        var aborted = new IoError(IoErrorKind.ConnectionLost, 103, "Software caused connection abort");
        using var simulation = new Simulation(
            errors: (call, n) => call == SimulatedCall.Accept && n == 0 ? aborted : Option<IoError>.None
        );
        Assert.Equal(Greeting, ReceivedBy(simulation.Connect("")));
        Assert.Equal(0, simulation.Log.Count(20));
    }

    [Fact]
    public void Accepting_that_cannot_be_turned_on_is_retried_until_it_can()
    {
        var error = new IoError(IoErrorKind.Unexpected, 28, "No space left on device");
        var failures = 0;
        using var simulation = new Simulation(
            errors: (call, n) =>
                (call == SimulatedCall.Accept && n == 0) || (call == SimulatedCall.Listen && failures++ < 5)
                    ? error
                    : Option<IoError>.None
        );
        var peer = simulation.Connect("TIME\n");
        simulation.Advance(TimeSpan.FromSeconds(3));
        Assert.StartsWith(Greeting + "TIME", ReceivedBy(peer), StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_above_the_limit_is_rejected_and_one_is_accepted_after_another_has_closed()
    {
        using var simulation = new Simulation(TestValues.With(Limits.Default, "max-connections", 2));
        var first = simulation.Connect("");
        simulation.Connect("");
        var rejected = simulation.Connect("TIME\n");
        Assert.Equal(WireBytes.Line(ErrorCode.ServerBusy), ReceivedBy(rejected));
        Assert.True(rejected.SawFin && !rejected.SawReset);

        simulation.Finish(rejected).Finish(first);
        Assert.Equal(Greeting, ReceivedBy(simulation.Connect("")));
    }

    private static void PassThroughAllStates(Simulation simulation)
    {
        var peer = simulation.Connect("TIME\nEC");
        simulation.Connect("ECHO gone\nQUIT\n").Finish();
        simulation.Connect("HELP").Finish();
        var slow = simulation.Connect(
            "HELP\nHELP\nHELP\n",
            new SimulatedPeer { ReceiveWindow = 60, ReadsAtOnce = false }
        );
        simulation.Send(peer, "HO whole\nQUIT\n");
        peer.Finish();
        for (var iteration = 0; iteration < 20 && !slow.SawFin && !slow.SawReset; iteration++)
        {
            slow.Read();
            slow.Finish();
            simulation.Advance(TimeSpan.FromSeconds(2));
        }
    }
}
