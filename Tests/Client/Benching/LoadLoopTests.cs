using LanguageExt;
using TinyTcp.Cli.Benching;
using TinyTcp.Cli.Benching.Reading;
using TinyTcp.Core;
using TinyTcp.Systems;
using TinyTcp.Tests.Support;
using Xunit;
using Fault = TinyTcp.Systems.Fault;
using SystemCall = TinyTcp.Systems.Simulated.Call;

namespace TinyTcp.Tests.Client;

/// <summary>The load's loop on virtual time: what it sends, what it counts, and how it ends.</summary>
public class LoadLoopTests
{
    private const string Greeting = "WELCOME, test\n";

    private static readonly Load Closed = new(
        Command.Echo(Some.Text("hello")),
        Connections: 3,
        Depth: 4,
        Rate: default,
        WarmUp: TimeSpan.FromMilliseconds(10),
        Duration: TimeSpan.FromMilliseconds(50),
        Threads: 1
    );

    private static readonly Load Open = Closed with
    {
        Connections = 10,
        Depth = 1,
        Rate = 1_000L,
        Duration = TimeSpan.FromSeconds(3),
    };

    [Fact]
    public void A_closed_loop_sends_the_next_batch_when_the_last_one_is_answered()
    {
        var trial = Truly(Closed);
        Assert.All(trial.Servers, static server => Assert.Equal(0, Requests(server) % 4));
        // A batch a tick: that is how long a reply takes here.
        var ticks = Closed.Duration / LoadTrial.Tick;
        Assert.Equal(ticks * 12, trial.Measured.Requests, 0.05 * ticks * 12);
        Assert.InRange(Nanoseconds(trial.Measured.Corrected, "p50"), LoadTrial.Tick / 2, LoadTrial.Tick * 2);
    }

    [Fact]
    public void An_open_loop_sends_as_many_as_are_due_however_fast_replies_come()
    {
        var trial = Truly(Open);
        Assert.Equal(3_000, trial.Measured.Requests);
        Assert.Equal(3_010, trial.Servers.Sum(Requests));
        Assert.Equal(3_000, trial.Measured.Raw.TotalCount);
    }

    [Fact]
    public void A_server_that_stops_for_a_second_shows_in_the_corrected_latencies_and_not_in_the_raw_ones()
    {
        var trial = new LoadTrial(
            Open,
            static (server, now) => now.TotalSeconds is < 1 or > 2 && server.Truly()
        ).Run();
        Assert.True(trial.Error.IsNone);
        Assert.Equal(3_000, trial.Measured.Requests);
        // A third of all was due in that second, and waited for what was left of it.
        Assert.InRange(Nanoseconds(trial.Measured.Corrected, "p90").TotalSeconds, 0.65, 0.75);
        Assert.InRange(Nanoseconds(trial.Measured.Raw, "p99").TotalMilliseconds, 0, 1);
    }

    [Fact]
    public void A_line_whose_server_is_slow_does_not_keep_the_others_from_their_schedule()
    {
        var servers = new List<Served>();
        var trial = new LoadTrial(
            Open,
            (server, now) =>
            {
                var isSlow = server.Times > 0 && server == servers.FirstOrDefault() && now.TotalSeconds < 2;
                servers.Add(server);
                return !isSlow && server.Truly();
            }
        ).Run();
        Assert.InRange(Nanoseconds(trial.Measured.Corrected, "p90").TotalMilliseconds, 0, 1);
        Assert.True(Nanoseconds(trial.Measured.Corrected, "max").TotalSeconds > 1.5);
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
            var error = Some.Given(trial.Error);
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
        Assert.Equal(code, Some.Given(trial.Error).Code);
    }

    [Fact]
    public void A_line_that_never_ends_is_not_kept_for_ever()
    {
        var trial = new LoadTrial(
            Closed,
            static (server, _) => Once(server, Greeting) || server.Say(new string('x', 50_000))
        ).Run();
        Assert.Equal("PROTOCOL_BROKEN", Some.Given(trial.Error).Code);
    }

    [Theory]
    [InlineData(0, "NOT_CONNECTED")]
    [InlineData(3, "NOT_CONNECTED")]
    [InlineData(5, "NOT_CONNECTED")]
    public void A_connection_that_does_not_come_about_ends_the_run(int call, string code)
    {
        var refused = new Fault(
            FaultKind.ConnectionLost,
            (int)System.Net.Sockets.SocketError.ConnectionRefused,
            "refused"
        );
        var trial = new LoadTrial(
            Closed,
            static (server, _) => server.Truly(),
            faults: (which, before) =>
                which == SystemCall.Connect && before == call ? refused : Option<Fault>.None
        ).Run();
        Assert.Equal(code, Some.Given(trial.Error).Code);
        Assert.Contains("Nothing listens on", Some.Given(trial.Error).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_that_meets_itself_is_none() =>
        Assert.Equal(
            "CONNECTED_TO_SELF",
            Some.Given(new LoadTrial(Closed, static (_, _) => false, isSelf: true).Run().Error).Code
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
            && trial.Measured.Requests == trial.Servers.Sum(Requests)
            && (!isOpen || trial.Measured.Requests == 10);
    }

    [Fact]
    public void Times_may_go_on_and_have_to_be_times()
    {
        var load = Closed with { Asks = Command.Time, Depth = 1 };
        Assert.True(Truly(load).Error.IsNone);
        Assert.True(Telling(load, static n => $"TIME 2025-09-12T17:24:{n % 60:00}-05:00\n").Error.IsNone);
        Assert.True(
            Telling(
                load,
                static n => $"TIME 2025-09-12T17:24:13{(n % 2 == 0 ? '+' : '-')}05:00\n"
            ).Error.IsNone
        );
        Assert.Equal(
            "PROTOCOL_BROKEN",
            Some.Given(Telling(load, static _ => "TIME 2025-09-99T17:24:13-05:00\n").Error).Code
        );
        Assert.Equal(
            "PROTOCOL_BROKEN",
            Some.Given(Telling(load, static _ => "TIME 2025-09-12x17:24:13-05:00\n").Error).Code
        );
    }

    private static LoadTrial Telling(Load load, Func<int, string> reply) =>
        new LoadTrial(
            load,
            (server, _) =>
            {
                server.Peer.Read();
                return Once(server, Greeting)
                    || (Requests(server) >= server.Times && server.Say(reply(server.Times)));
            }
        ).Run();

    private static LoadTrial Truly(Load load)
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

    private static int Requests(Served server) => server.Heard.Count(static letter => letter == '\n');

    private static TimeSpan Nanoseconds(HdrHistogram.HistogramBase latencies, string name) =>
        TimeSpan.FromTicks(Percentile.Rows.Single(row => row.Name == name).Of(latencies) / 100);
}
