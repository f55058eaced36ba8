using System.Globalization;
using System.Net.Sockets;
using TinyTcp.Cli;
using TinyTcp.Cli.Display;
using TinyTcp.Tests.Client.Program;
using Xunit;

namespace TinyTcp.Tests.Client.Benching;

/// <summary><c>tinytcp bench</c> as people and scripts use it, on real sockets. How long things take is never judged.</summary>
public class BenchTests
{
    private static readonly string[] Short =
    [
        "--seconds",
        "0.05",
        "--warmup",
        "0",
        "--noise",
        "0",
        "--connections",
        "4",
    ];

    [Theory]
    [InlineData("--depth 7")]
    [InlineData("--request time")]
    [InlineData("--size 3000 --depth 100")]
    [InlineData("--rate 2000")]
    [InlineData("--rate 2000 --depth 5")]
    [InlineData("--noise 0.001 --warmup 0.01 --goal max<60s --goal rate>1")]
    [InlineData("--noise 0.0 --warmup 00")]
    public async Task JSON_is_of_the_published_form(string words)
    {
        await using var server = Truthful.Server();
        var (code, output, error) = await BenchAsync(server, new(), [.. words.Split(' '), "--json"]);
        Assert.Equal((0, ""), (code, error));
        var report = Schema.AssertValid("bench", output);
        Assert.True((long)report["requests"]! > 0);
        Assert.Equal(server.Address, (string?)report["target"]);
        Assert.Equal((long)report["requests"]!, (long)report["latencies"]![0]!["count"]!);
        Assert.All(report["goals"]!.AsArray(), static goal => Assert.True((bool)goal!["reached"]!));
    }

    [Fact]
    public async Task People_read_a_table_that_fits_every_terminal_and_colour_says_nothing_more()
    {
        await using var server = Truthful.Server();
        string[] words = ["--rate", "2000", "--goal", "max<1ns", "--noise", "0.001"];
        var (code, output, error) = await BenchAsync(server, new(), words);
        Assert.Equal(ExitCodes.GoalMissed.Code, code);
        Assert.StartsWith("tinytcp: The goal max<1ns was missed: ", error, StringComparison.Ordinal);
        Assert.Contains("corrected", output, StringComparison.Ordinal);
        Assert.Contains("Goal max<1ns: MISSED, measured ", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n'), static line => Assert.InRange(line.Length, 0, Terminal.UsualWidth));
        Assert.DoesNotContain('\e', output);

        (_, output, _) = await BenchAsync(server, new(), [.. words, "--color", "always"]);
        Assert.Contains('\e', output);
    }

    [Fact]
    public async Task Nothing_measured_has_no_figures_and_reaches_no_goal()
    {
        await using var server = Truthful.Server();
        string[] words = ["--rate", "1", "--warmup", "0.01", "--goal", "p99<5ms", "--goal", "rate>1"];
        var (code, output, error) = await BenchAsync(server, new(), [.. words, "--json"]);
        Assert.Equal(ExitCodes.GoalMissed.Code, code);
        var report = Schema.AssertValid("bench", output);
        Assert.All(report["goals"]!.AsArray(), static goal => Assert.False((bool)goal!["reached"]!));
        Assert.Null(report["goals"]![0]!["measured"]);
        Assert.Null(report["latencies"]![0]!["meanMicroseconds"]);
        Assert.Null(report["latencies"]![0]!["percentilesMicroseconds"]!["max"]);

        (code, output, error) = await BenchAsync(server, new(), words);
        Assert.Equal(ExitCodes.GoalMissed.Code, code);
        Assert.Contains("Goal p99<5ms: MISSED, nothing was measured", output, StringComparison.Ordinal);
        Assert.StartsWith(
            "tinytcp: The goal p99<5ms was missed: nothing was measured.",
            error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Ctrl_C_is_heard_while_it_looks_at_the_noise()
    {
        using var ctrlC = new CancellationTokenSource();
        await using var server = Peer.Playing(_ => ctrlC.CancelAsync());
        string[] words = ["bench", "-t", server.Address, "--noise", "86400", "--json"];
        var (code, output, _) = await Invoked.RunAsync(words, new Invoked.World(), ctrlC.Token);
        Assert.Equal((ExitCodes.Interrupted.Code, ""), (code, output));
    }

    [Fact]
    public async Task A_socket_in_the_file_system_is_measured_as_well()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using (Truthful.Server(new UnixDomainSocketEndPoint(path)))
        {
            string[] words = ["bench", "-t", $"unix:{path}", .. Short, "--json"];
            var (code, output, error) = await Invoked.RunAsync(words);
            Assert.Equal((0, ""), (code, error));
            Assert.True((long)Schema.AssertValid("bench", output)["requests"]! > 0);
        }

        File.Delete(path);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(24)]
    public async Task On_a_terminal_it_is_seen_as_it_goes_on_and_JSON_is_the_same_as_anywhere(int rows)
    {
        await using var server = Truthful.Server();
        var terminal = new Invoked.World
        {
            Terminal = Terminal.None with { Output = true, Height = () => rows },
        };
        string[] longer = ["--seconds", "0.5", "--color", "never"];
        var (code, output, _) = await BenchAsync(server, terminal, longer);
        Assert.Equal(0, code);
        Assert.Contains("\e[J", output, StringComparison.Ordinal);
        // More lines than there is room for would be left behind each time.
        Assert.All(
            output.Split("\e["),
            part =>
                Assert.False(
                    int.TryParse(
                        part.Split('A')[0],
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out var up
                    )
                        && up > Math.Max(1, rows - 1)
                )
        );
        Assert.All(
            output.Split('\n'),
            static line => Assert.InRange(line.Length, 0, Terminal.UsualWidth + 20)
        );

        (_, output, _) = await BenchAsync(server, terminal, ["--json"]);
        Schema.AssertValid("bench", output);
    }

    [Theory]
    [InlineData("ECHO wrong\n", 7)]
    [InlineData("ERROR SHUTTING_DOWN\n", 8)]
    [InlineData("ERROR UNKNOWN_COMMAND\n", 1)]
    [InlineData("", 5)]
    public async Task What_is_wrong_ends_it_as_it_ends_everything_else(string reply, int exitCode)
    {
        await using var server = Peer.Greeting(async caller =>
        {
            // Who only looks whether somebody answers asks nothing.
            if ((await caller.HearAsync()).Length > 0)
            {
                await caller.SayAsync(reply);
            }
        });
        var (code, output, error) = await BenchAsync(server, new(), ["--json", "--connections", "1"]);
        Assert.Equal(exitCode, code);
        Assert.StartsWith("tinytcp: ", error, StringComparison.Ordinal);
        Assert.Equal(exitCode, (int?)Schema.AssertValid("bench", output)["error"]!["exitCode"]);
    }

    [Fact]
    public async Task Nobody_there_is_told()
    {
        var nobody = $"127.0.0.1:{Peer.PortOfNobody().ToString(CultureInfo.InvariantCulture)}";
        var (code, output, error) = await Invoked.RunAsync("bench", "-t", nobody, "--json");
        Assert.Equal(3, code);
        Assert.StartsWith($"tinytcp: Nothing listens on '{nobody}'", error, StringComparison.Ordinal);
        Assert.Equal("NOT_CONNECTED", (string?)Schema.AssertValid("bench", output)["error"]!["code"]);
    }

    [Fact]
    public async Task A_server_that_never_greets_is_waited_for_no_longer_than_was_said()
    {
        await using var server = Peer.Playing(static caller => caller.StayAsync());
        var (code, _, _) = await BenchAsync(server, new(), ["--timeout", "0.05"]);
        Assert.Equal(6, code);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_and_what_was_measured_is_told()
    {
        using var ctrlC = new CancellationTokenSource();
        await using var server = Peer.Greeting(async caller =>
        {
            for (var asked = 0; ; asked++)
            {
                if ((await caller.HearAsync()).Length == 0)
                {
                    return;
                }

                await caller.SayAsync("ECHO xxxxx\n");
                if (asked == 100)
                {
                    await ctrlC.CancelAsync();
                }
            }
        });
        string[] words =
        [
            "bench",
            "-t",
            server.Address,
            "--warmup",
            "0",
            "--noise",
            "0",
            "--json",
            "--seconds",
            "3600",
        ];
        var (code, output, _) = await Invoked.RunAsync(words, new Invoked.World(), ctrlC.Token);
        Assert.Equal(ExitCodes.Interrupted.Code, code);
        var report = Schema.AssertValid("bench", output);
        Assert.True((bool)report["interrupted"]!);
        Assert.True((long)report["requests"]! >= 100);
    }

    [Theory]
    [InlineData("--connections 0", "The number of connections is '0': give a whole number from 1 to 20000.")]
    [InlineData("--depth x", "The depth is 'x': give a whole number from 1 to 10000.")]
    [InlineData(
        "--connections 20000 --depth 10000",
        "20000 connections of depth 10000 are too many requests under way"
    )]
    [InlineData("--size 0", "The size is '0': give a whole number from 1 to 65000.")]
    [InlineData("--request quit", "The request is 'quit': give echo or time.")]
    [InlineData("--request time --size 5", "A size is given, and time has no text: leave one of them out.")]
    [InlineData("--rate 0.5", "The rate is '0.5': give a whole number from 1 to 100000000.")]
    [InlineData("--seconds 0", "The number of seconds is '0': give a number of seconds from 0.001 to 86400.")]
    [InlineData("--warmup -1", "The warm-up is '-1': give a number of seconds, 0 or from 0.001 to 86400.")]
    [InlineData(
        "--goal p98<5ms",
        "The goal is 'p98<5ms': give one such as p99<5ms, max<1s, mean<200us or rate>10000."
    )]
    [InlineData(
        "--noise x",
        "The time for noise is 'x': give a number of seconds, 0 or from 0.001 to 86400."
    )]
    [InlineData("-t tls://localhost:1", "The target is 'tls://localhost:1', and bench does not speak TLS")]
    [InlineData("now", "The word 'now' is one too many.")]
    public async Task What_cannot_be_measured_is_told_before_anybody_is_called(string words, string sentence)
    {
        var (code, output, error) = await Invoked.RunAsync(
            ["bench", .. words.Split(' ')],
            new Invoked.World()
        );
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith($"tinytcp: {sentence}", error, StringComparison.Ordinal);
    }

    internal static Task<(int Code, string Output, string Error)> BenchAsync(
        Peer server,
        Invoked.World world,
        string[] more
    ) => Invoked.RunAsync(["bench", "-t", server.Address, .. Without(more), .. more], world);

    /// <summary>The usual options, but for those that are given anyway.</summary>
    private static IEnumerable<string> Without(string[] given) =>
        Short
            .Chunk(2)
            .Where(pair => !given.Contains(pair[0], StringComparer.Ordinal))
            .SelectMany(static pair => pair);
}
