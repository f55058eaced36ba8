using LanguageExt;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.Statistics;
using TinyTcp.Core.Commands;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>The load's loop on virtual time: what it sends, what it counts, and how it ends.</summary>
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

    [Fact]
    public void A_closed_loop_sends_a_batch_when_the_previous_one_is_answered()
    {
        var trial = RunWithoutErrors(Closed);
        Assert.All(trial.Servers, static server => Assert.Equal(0, server.Requests % 4));
        // A batch a tick: that is how long a reply takes here.
        var ticks = Closed.Duration / LoadSimulation.Tick;
        Assert.Equal(ticks * 12, trial.Result.Requests, 0.05 * ticks * 12);
        Assert.InRange(
            PercentileOf(trial.Result.LatencyFromDue, "p50"),
            LoadSimulation.Tick / 2,
            LoadSimulation.Tick * 2
        );
    }

    [Theory]
    [InlineData(
        "ECHO hellO\n",
        "PROTOCOL_ERROR",
        "said 'ECHO hellO' where the reply to 'ECHO hello' was due"
    )]
    [InlineData("ECHO hello\r\n", "PROTOCOL_ERROR", "'ECHO hello")]
    [InlineData("ECHO hello and more\n", "PROTOCOL_ERROR", "said 'ECHO hello and more' where")]
    [InlineData("nonsense\n", "PROTOCOL_ERROR", "said 'nonsense' where")]
    [InlineData(
        "ECHO hello\nECHO hello\nECHO hello\nECHO hello\nECHO hello\n",
        "PROTOCOL_ERROR",
        "without being asked"
    )]
    [InlineData("ERROR UNKNOWN_COMMAND\n", "UNKNOWN_COMMAND", "instead of the reply to 'ECHO hello'")]
    [InlineData("ERROR SHUTTING_DOWN\n", "SHUTTING_DOWN", "ended the conversation")]
    [InlineData("ECHO hello\nERROR SHUTTING_DOWN\n", "SHUTTING_DOWN", "ended the conversation")]
    [InlineData("ECHO hello\nECHO h|FIN", "CONNECTION_LOST", "after the unfinished line 'ECHO h'")]
    [InlineData("ECHO nonse|FIN", "CONNECTION_LOST", "after the unfinished line 'ECHO nonse'")]
    [InlineData("|FIN", "CONNECTION_LOST", "(the server closed it)")]
    [InlineData("|RST", "CONNECTION_LOST", "reset by the peer")]
    [InlineData("ECHO hel", "TIMED_OUT", "in vain for the reply to 'ECHO hello'")]
    [InlineData("ECHO nonse", "TIMED_OUT", "in vain for the reply to 'ECHO hello'")]
    [InlineData("", "TIMED_OUT", "in vain for the reply to 'ECHO hello'")]
    public void A_wrong_reply_or_lost_connection_ends_the_run_with_the_clients_error(
        string instead,
        string code,
        string words
    )
    {
        foreach (var seed in new int?[] { null, 1, 2, 3 })
        {
            var trial = new LoadSimulation(
                Closed,
                (server, _) => SendGreetingOnce(server, Greeting) || AfterFirstRequest(server, instead),
                seed
            ).Run();
            var error = TestValues.Given(trial.Error);
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
        var trial = new LoadSimulation(
            Closed,
            (server, _) => server.ActionCount == 0 && Perform(server, instead)
        ).Run();
        Assert.Equal(code, TestValues.Given(trial.Error).Code);
    }

    [Fact]
    public void The_greeting_timeout_starts_when_the_connection_is_established()
    {
        var trial = new LoadSimulation(
            Closed,
            static (server, now) => now.TotalSeconds > 18 && server.ReplyCorrectly(),
            connectTime: TimeSpan.FromSeconds(9)
        ).Run();
        Assert.True(trial.Error.IsNone, $"{trial.Error}");
    }

    [Fact]
    public void A_line_longer_than_the_limit_ends_the_run()
    {
        var trial = new LoadSimulation(
            Closed,
            static (server, _) => SendGreetingOnce(server, Greeting) || server.Send(new string('x', 50_000))
        ).Run();
        Assert.Equal("PROTOCOL_ERROR", TestValues.Given(trial.Error).Code);
    }

    [Theory]
    [InlineData(0, "CONNECT_FAILED")]
    [InlineData(3, "CONNECT_FAILED")]
    [InlineData(5, "CONNECT_FAILED")]
    public void A_failed_connect_ends_the_run(int call, string code)
    {
        var refused = new IoError(
            IoErrorKind.ConnectionLost,
            111,
            "refused",
            System.Net.Sockets.SocketError.ConnectionRefused
        );
        var trial = new LoadSimulation(
            Closed,
            static (server, _) => server.ReplyCorrectly(),
            errors: (which, before) =>
                which == SimulatedCall.Connect && before == call ? refused : Option<IoError>.None
        ).Run();
        Assert.Equal(code, TestValues.Given(trial.Error).Code);
        Assert.Contains(
            "Nothing listens on",
            TestValues.Given(trial.Error).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_first_of_several_errors_in_one_iteration_is_reported()
    {
        var greeted = 0;
        var trial = new LoadSimulation(
            Closed,
            (server, _) => server.ActionCount == 0 && server.Send($"nonsense {greeted++}\n")
        ).Run();
        Assert.Equal(3, greeted);
        Assert.Contains("'nonsense 0'", TestValues.Given(trial.Error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_self_connected_socket_is_an_error() =>
        Assert.Equal(
            "CONNECTED_TO_SELF",
            TestValues
                .Given(new LoadSimulation(Closed, static (_, _) => false, isSelf: true).Run().Error)
                .Code
        );

    [Law]
    public bool Every_request_is_answered_and_counted_for_any_segmentation(
        byte lines,
        byte depth,
        int seed,
        bool isOpen
    )
    {
        var load = Closed with
        {
            Connections = 1 + (lines % 4),
            Depth = 1 + (depth % 20),
            Rate = isOpen ? 2_000L : Option<long>.None,
            WarmUp = TimeSpan.Zero,
            Duration = TimeSpan.FromMilliseconds(5),
        };
        // Less room than a batch takes: sends are cut short, and have to be gone on with.
        var trial = new LoadSimulation(
            load,
            static (server, _) => server.ReplyCorrectly(),
            seed,
            window: 30
        ).Run();
        return trial.Error.IsNone
            && trial.Result.Requests == trial.Servers.Sum(static server => server.Requests)
            && (!isOpen || trial.Result.Requests == 10);
    }

    internal static LoadSimulation RunWithoutErrors(LoadProfile load)
    {
        var trial = new LoadSimulation(load, static (server, _) => server.ReplyCorrectly()).Run();
        Assert.True(trial.Error.IsNone, $"{trial.Error}");
        return trial;
    }

    private static bool SendGreetingOnce(SimulatedServer server, string greeting) =>
        server.ActionCount == 0 && server.Send(greeting);

    /// <summary>Does something once it has been asked.</summary>
    private static bool AfterFirstRequest(SimulatedServer server, string instead)
    {
        server.Peer.Read();
        return server.ActionCount == 1 && server.Received.Length > 0 && Perform(server, instead);
    }

    private static bool Perform(SimulatedServer server, string instead)
    {
        var parts = instead.Split('|');
        server.Send(parts[0]);
        if (parts is [_, "FIN"])
        {
            server.Peer.Finish();
        }

        if (parts is [_, "RST"])
        {
            server.Peer.Reset();
        }

        return true;
    }

    internal static TimeSpan PercentileOf(HdrHistogram.HistogramBase latencies, string name) =>
        TimeSpan.FromTicks(
            TestValues.Given(Percentile.Rows.Single(row => row.Name == name).ValueIn(latencies)) / 100
        );
}
