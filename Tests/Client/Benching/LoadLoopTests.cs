using LanguageExt;
using TinyTcp.Cli;
using TinyTcp.Cli.Benching;
using TinyTcp.Cli.Benching.Reading;
using TinyTcp.Core.Commands;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Benching;

/// <summary>The load's loop on virtual time: what it sends, what it counts, and how it ends.</summary>
public class LoadLoopTests
{
    private const string Greeting = "WELCOME, test\n";

    internal static Load Closed { get; } =
        new(
            Command.Echo(TestValues.Text("hello")),
            Connections: 3,
            Depth: 4,
            Rate: default,
            WarmUp: TimeSpan.FromMilliseconds(10),
            Duration: TimeSpan.FromMilliseconds(50)
        );

    [Fact]
    public void A_closed_loop_sends_the_next_batch_when_the_last_one_is_answered()
    {
        var trial = Truly(Closed);
        Assert.All(trial.Servers, static server => Assert.Equal(0, server.Requests % 4));
        // A batch a tick: that is how long a reply takes here.
        var ticks = Closed.Duration / LoadTrial.Tick;
        Assert.Equal(ticks * 12, trial.Measured.Requests, 0.05 * ticks * 12);
        Assert.InRange(Nanoseconds(trial.Measured.FromDue, "p50"), LoadTrial.Tick / 2, LoadTrial.Tick * 2);
    }

    [Theory]
    [InlineData(
        "ECHO hellO\n",
        "PROTOCOL_BROKEN",
        "said 'ECHO hellO' where the reply to 'ECHO hello' was due"
    )]
    [InlineData("ECHO hello\r\n", "PROTOCOL_BROKEN", "'ECHO hello")]
    [InlineData("ECHO hello and more\n", "PROTOCOL_BROKEN", "said 'ECHO hello and more' where")]
    [InlineData("nonsense\n", "PROTOCOL_BROKEN", "said 'nonsense' where")]
    [InlineData(
        "ECHO hello\nECHO hello\nECHO hello\nECHO hello\nECHO hello\n",
        "PROTOCOL_BROKEN",
        "without being asked"
    )]
    [InlineData("ERROR UNKNOWN_COMMAND\n", "UNKNOWN_COMMAND", "instead of the reply to 'ECHO hello'")]
    [InlineData("ERROR SHUTTING_DOWN\n", "SHUTTING_DOWN", "ended the conversation")]
    [InlineData("ECHO hello\nERROR SHUTTING_DOWN\n", "SHUTTING_DOWN", "ended the conversation")]
    [InlineData("ECHO hello\nECHO h|FIN", "LOST", "after the unfinished line 'ECHO h'")]
    [InlineData("ECHO nonse|FIN", "LOST", "after the unfinished line 'ECHO nonse'")]
    [InlineData("|FIN", "LOST", "(the server closed it)")]
    [InlineData("|RST", "LOST", "reset by the peer")]
    [InlineData("ECHO hel", "TIMED_OUT", "in vain for the reply to 'ECHO hello'")]
    [InlineData("ECHO nonse", "TIMED_OUT", "in vain for the reply to 'ECHO hello'")]
    [InlineData("", "TIMED_OUT", "in vain for the reply to 'ECHO hello'")]
    public void What_is_wrong_ends_the_run_with_the_clients_own_words(
        string instead,
        string code,
        string words
    )
    {
        foreach (var seed in new int?[] { null, 1, 2, 3 })
        {
            var trial = new LoadTrial(
                Closed,
                (server, _) => Once(server, Greeting) || After(server, instead),
                seed
            ).Run();
            var error = TestValues.Given(trial.Error);
            Assert.Equal(code, error.Code);
            Assert.Contains(words, error.Sentence, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ERROR SERVER_BUSY\n", "SERVER_BUSY")]
    [InlineData("ECHO hello\n", "PROTOCOL_BROKEN")]
    [InlineData("WELCOME, test\nBYE\n", "PROTOCOL_BROKEN")]
    [InlineData("WELC|FIN", "LOST")]
    [InlineData("", "TIMED_OUT")]
    public void So_does_what_comes_in_place_of_a_greeting(string instead, string code)
    {
        var trial = new LoadTrial(Closed, (server, _) => server.Times == 0 && Do(server, instead)).Run();
        Assert.Equal(code, TestValues.Given(trial.Error).Code);
    }

    [Fact]
    public void A_greeting_is_waited_for_from_when_the_connection_stands()
    {
        var trial = new LoadTrial(
            Closed,
            static (server, now) => now.TotalSeconds > 18 && server.Truly(),
            connecting: TimeSpan.FromSeconds(9)
        ).Run();
        Assert.True(trial.Error.IsNone, $"{trial.Error}");
    }

    [Fact]
    public void A_line_that_never_ends_is_not_kept_for_ever()
    {
        var trial = new LoadTrial(
            Closed,
            static (server, _) => Once(server, Greeting) || server.Say(new string('x', 50_000))
        ).Run();
        Assert.Equal("PROTOCOL_BROKEN", TestValues.Given(trial.Error).Code);
    }

    [Theory]
    [InlineData(0, "NOT_CONNECTED")]
    [InlineData(3, "NOT_CONNECTED")]
    [InlineData(5, "NOT_CONNECTED")]
    public void A_connection_that_does_not_come_about_ends_the_run(int call, string code)
    {
        var refused = new IoError(
            IoErrorKind.ConnectionLost,
            111,
            "refused",
            System.Net.Sockets.SocketError.ConnectionRefused
        );
        var trial = new LoadTrial(
            Closed,
            static (server, _) => server.Truly(),
            errors: (which, before) =>
                which == SimulatedCall.Connect && before == call ? refused : Option<IoError>.None
        ).Run();
        Assert.Equal(code, TestValues.Given(trial.Error).Code);
        Assert.Contains(
            "Nothing listens on",
            TestValues.Given(trial.Error).Sentence,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_error_of_a_run_is_the_first_of_several_in_one_turn()
    {
        var greeted = 0;
        var trial = new LoadTrial(
            Closed,
            (server, _) => server.Times == 0 && server.Say($"nonsense {greeted++}\n")
        ).Run();
        Assert.Equal(3, greeted);
        Assert.Contains("'nonsense 0'", TestValues.Given(trial.Error).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_that_meets_itself_is_none() =>
        Assert.Equal(
            "CONNECTED_TO_SELF",
            TestValues.Given(new LoadTrial(Closed, static (_, _) => false, isSelf: true).Run().Error).Code
        );

    [Law]
    public bool Every_request_is_answered_and_counted_however_bytes_are_cut(
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
        var trial = new LoadTrial(load, static (server, _) => server.Truly(), seed, window: 30).Run();
        return trial.Error.IsNone
            && trial.Measured.Requests == trial.Servers.Sum(static server => server.Requests)
            && (!isOpen || trial.Measured.Requests == 10);
    }

    internal static LoadTrial Truly(Load load)
    {
        var trial = new LoadTrial(load, static (server, _) => server.Truly()).Run();
        Assert.True(trial.Error.IsNone, $"{trial.Error}");
        return trial;
    }

    private static bool Once(Served server, string greeting) => server.Times == 0 && server.Say(greeting);

    /// <summary>Does something once it has been asked.</summary>
    private static bool After(Served server, string instead)
    {
        server.Peer.Read();
        return server.Times == 1 && server.Heard.Length > 0 && Do(server, instead);
    }

    private static bool Do(Served server, string instead)
    {
        var parts = instead.Split('|');
        server.Say(parts[0]);
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

    internal static TimeSpan Nanoseconds(HdrHistogram.HistogramBase latencies, string name) =>
        TimeSpan.FromTicks(
            TestValues.Given(Percentile.Rows.Single(row => row.Name == name).Of(latencies)) / 100
        );
}
