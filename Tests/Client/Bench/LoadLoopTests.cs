using LanguageExt;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Statistics;
using TinyTcp.Core.Commands;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>The load loop on virtual time: what it sends, what it counts, and how it ends.</summary>
public class LoadLoopTests
{
    private const string Greeting = "WELCOME, test\n";

    internal static LoadProfile Closed { get; } =
        new(
            Command.Echo(TestValues.Text("hello")),
            Connections: 3,
            Depth: 4,
            Rate: default,
            WarmUp: TimeSpan.FromMilliseconds(10),
            Duration: TimeSpan.FromMilliseconds(50)
        );

    /// <summary>None has a boundary after four replies to ECHO hello, so an unsolicited fifth is in a segment with the fourth.</summary>
    internal static IReadOnlyList<Segmentation> Segmentations { get; } =
    [Segmentation.Whole, new([7]), new([3, 9])];

    [Fact]
    public void A_closed_loop_sends_a_batch_when_the_previous_one_is_answered()
    {
        var simulation = RunWithoutErrors(Closed);
        Assert.All(simulation.Servers, static server => Assert.Equal(0, server.Requests % 4));
        // A reply takes a tick.
        var ticks = Closed.Duration / LoadSimulation.Tick;
        Assert.Equal(ticks * 12, simulation.Result.Requests, 0.05 * ticks * 12);
        Assert.InRange(
            ValueOf(simulation.Result.LatencyFromDue, "p50"),
            LoadSimulation.Tick / 2,
            LoadSimulation.Tick * 2
        );
    }

    [Fact]
    public void Connections_are_reset_at_the_end_so_that_their_ports_are_free() =>
        Assert.All(RunWithoutErrors(Closed).Servers, static server => Assert.True(server.SawReset));

    [Theory]
    [InlineData("ECHO hellO\n", "PROTOCOL_ERROR", "sent 'ECHO hellO' instead of the reply to 'ECHO hello'")]
    [InlineData("ECHO hello\r\n", "PROTOCOL_ERROR", "'ECHO hello")]
    [InlineData("ECHO hello and more\n", "PROTOCOL_ERROR", "sent 'ECHO hello and more' instead of")]
    [InlineData("nonsense\n", "PROTOCOL_ERROR", "sent 'nonsense' instead of")]
    [InlineData(
        "ECHO hello\nECHO hello\nECHO hello\nECHO hello\nECHO hello\n",
        "PROTOCOL_ERROR",
        "without a request"
    )]
    [InlineData("ERROR UNKNOWN_COMMAND\n", "UNKNOWN_COMMAND", "as the reply to 'ECHO hello'")]
    [InlineData("ERROR SHUTTING_DOWN\n", "SHUTTING_DOWN", "closed the connection")]
    [InlineData("ECHO hello\nERROR SHUTTING_DOWN\n", "SHUTTING_DOWN", "closed the connection")]
    [InlineData("ECHO hello\nECHO h|FIN", "CONNECTION_LOST", "after the partial line 'ECHO h'")]
    [InlineData("ECHO nonse|FIN", "CONNECTION_LOST", "after the partial line 'ECHO nonse'")]
    [InlineData("|FIN", "CONNECTION_LOST", "(closed by the server)")]
    [InlineData("|RST", "CONNECTION_LOST", "reset by the peer")]
    [InlineData("ECHO hel", "TIMED_OUT", "waiting for the reply to 'ECHO hello'")]
    [InlineData("ECHO nonse", "TIMED_OUT", "waiting for the reply to 'ECHO hello'")]
    [InlineData("", "TIMED_OUT", "waiting for the reply to 'ECHO hello'")]
    public void A_wrong_reply_or_lost_connection_ends_the_run_with_the_clients_error(
        string instead,
        string code,
        string words
    )
    {
        foreach (var segmentation in Segmentations)
        {
            var simulation = new LoadSimulation(
                Closed,
                (server, _) => SendGreetingOnce(server) || AfterFirstRequest(server, instead)
            )
            {
                Segmentation = segmentation,
            }.Run();
            var error = TestValues.Given(simulation.Error);
            Assert.Equal(code, error.Code);
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ERROR SERVER_BUSY\n", "SERVER_BUSY")]
    [InlineData("ECHO hello\n", "PROTOCOL_ERROR")]
    [InlineData("WELCOME, test\nBYE\n", "PROTOCOL_ERROR")]
    [InlineData("WELC|FIN", "CONNECTION_LOST")]
    [InlineData("", "TIMED_OUT")]
    public void A_wrong_or_missing_greeting_ends_the_run(string instead, string code)
    {
        var simulation = new LoadSimulation(
            Closed,
            (server, _) => server.ActionCount == 0 && Perform(server, instead)
        ).Run();
        Assert.Equal(code, TestValues.Given(simulation.Error).Code);
    }

    [Fact]
    public void The_greeting_timeout_starts_when_the_connection_is_established()
    {
        var simulation = new LoadSimulation(
            Closed,
            static (server, now) => now.TotalSeconds > 18 && server.ReplyCorrectly()
        )
        {
            ConnectTime = TimeSpan.FromSeconds(9),
        }.Run();
        Assert.True(simulation.Error.IsNone, $"{simulation.Error}");
    }

    [Fact]
    public void A_line_longer_than_the_limit_ends_the_run()
    {
        var simulation = new LoadSimulation(
            Closed,
            static (server, _) => SendGreetingOnce(server) || server.Send(new string('x', 50_000))
        ).Run();
        Assert.Equal("PROTOCOL_ERROR", TestValues.Given(simulation.Error).Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    public void A_failed_connect_ends_the_run(int call)
    {
        var refused = new IoError(
            IoErrorKind.ConnectionLost,
            111,
            "refused",
            System.Net.Sockets.SocketError.ConnectionRefused
        );
        var simulation = new LoadSimulation(Closed)
        {
            Errors = (which, before) =>
                which == SimulatedCall.Connect && before == call ? refused : Option<IoError>.None,
        }.Run();
        Assert.Equal("CONNECT_FAILED", TestValues.Given(simulation.Error).Code);
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(100, "")]
    [InlineData(int.MaxValue, "TIMED_OUT")]
    public void A_full_backlog_of_a_Unix_socket_is_waited_for(int rejected, string code)
    {
        var full = new IoError(IoErrorKind.Unexpected, 11, "full", System.Net.Sockets.SocketError.WouldBlock);
        var simulation = new LoadSimulation(Closed)
        {
            Errors = (which, before) =>
                which == SimulatedCall.Connect && before < rejected ? full : Option<IoError>.None,
        }.Run();
        Assert.Equal(code, simulation.Error.Map(static error => error.Code).IfNone(""));
    }

    [Fact]
    public void The_first_of_several_errors_in_one_iteration_is_reported()
    {
        var greeted = 0;
        var simulation = new LoadSimulation(
            Closed,
            (server, _) => server.ActionCount == 0 && server.Send($"nonsense {greeted++}\n")
        ).Run();
        Assert.Equal(3, greeted);
        Assert.Contains("'nonsense 0'", TestValues.Given(simulation.Error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_self_connected_socket_is_an_error() =>
        Assert.Equal(
            "CONNECTED_TO_SELF",
            TestValues
                .Given(
                    new LoadSimulation(Closed) { IsSelf = true }
                        .Run()
                        .Error
                )
                .Code
        );

    [Law]
    public void Every_request_is_answered_and_counted_for_any_segmentation(SimulatedLoad load)
    {
        var simulation = new LoadSimulation(load.Profile)
        {
            Segmentation = load.Segmentation,
            ReceiveWindow = load.ReceiveWindow,
        }.Run();
        Assert.True(simulation.Error.IsNone, $"{simulation.Error}");
        Assert.Equal(simulation.Servers.Sum(static server => server.Requests), simulation.Result.Requests);
        if (load.IsOpen)
        {
            Assert.Equal(10, simulation.Result.Requests);
        }
    }

    [Law]
    public void A_pause_of_the_client_is_no_timeout_of_the_server(SimulatedLoad load, ClientPauses pauses)
    {
        var simulation = new LoadSimulation(load.Profile)
        {
            Segmentation = load.Segmentation,
            ReceiveWindow = load.ReceiveWindow,
            PauseBefore = pauses.Before,
        }.Run();
        Assert.True(simulation.Error.IsNone, $"{simulation.Error}");
        Assert.Equal(simulation.Servers.Sum(static server => server.Requests), simulation.Result.Requests);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_reply_that_arrives_during_a_short_pause_is_in_time(int read)
    {
        // The replies arrive after 8 s; the client reads them after 12 s.
        var (now, reads, isPaused) = (TimeSpan.Zero, 0, false);
        var simulation = new LoadSimulation(
            Closed,
            (server, time) =>
            {
                now = time;
                return (isPaused || server.ActionCount == 0) && server.ReplyCorrectly();
            }
        )
        {
            PauseBefore = _ =>
            {
                reads += now.TotalSeconds > 8 ? 1 : 0;
                isPaused |= reads == read;
                return TimeSpan.FromSeconds(reads == read ? 4 : 0);
            },
        }.Run();
        Assert.True(simulation.Error.IsNone, $"{simulation.Error}");
    }

    internal static LoadSimulation RunWithoutErrors(LoadProfile load)
    {
        var simulation = new LoadSimulation(load).Run();
        Assert.True(simulation.Error.IsNone, $"{simulation.Error}");
        return simulation;
    }

    internal static TimeSpan ValueOf(LatencyHistogram latencies, string statistic) =>
        TimeSpan.FromTicks(TestValues.Given(latencies.ValueOf(statistic)) / TimeSpan.NanosecondsPerTick);

    private static bool SendGreetingOnce(SimulatedServer server) =>
        server.ActionCount == 0 && server.Send(Greeting);

    private static bool AfterFirstRequest(SimulatedServer server, string instead)
    {
        server.Read();
        return server.ActionCount == 1 && server.Received.Length > 0 && Perform(server, instead);
    }

    /// <summary>Sends bytes, and then FIN or a reset if they end with its name.</summary>
    private static bool Perform(SimulatedServer server, string instead)
    {
        var parts = instead.Split('|');
        server.Send(parts[0]);
        if (parts is [_, "FIN"])
        {
            server.Finish();
        }

        if (parts is [_, "RST"])
        {
            server.Reset();
        }

        return true;
    }
}
