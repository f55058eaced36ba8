using System.Globalization;
using System.Net.Sockets;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.Terminals;
using TinyTcp.Tests.Client.Program;
using Xunit;

namespace TinyTcp.Tests.Client.Bench;

/// <summary><c>tinytcp bench</c> as people and scripts use it, on real sockets. How long things take is never judged.</summary>
public class BenchTests
{
    private static readonly string[] FastOptions =
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
    public async Task JSON_output_matches_the_schema(string words)
    {
        await using var server = ReferenceServer.Start();
        var (code, output, error) = await BenchAsync(server, new(), [.. words.Split(' '), "--json"]);
        Assert.Equal((0, ""), (code, error));
        var report = JsonSchemas.AssertValid("bench", output);
        Assert.True((long)report["requests"]! > 0);
        Assert.Equal(server.Address, (string?)report["target"]);
        Assert.Equal((long)report["requests"]!, (long)report["latencies"]![0]!["count"]!);
        Assert.All(report["goals"]!.AsArray(), static goal => Assert.True((bool)goal!["reached"]!));
    }

    [Fact]
    public async Task Text_output_fits_80_columns_and_contains_color_codes_only_with_color_always()
    {
        await using var server = ReferenceServer.Start();
        string[] words = ["--rate", "2000", "--goal", "max<1ns", "--noise", "0.001"];
        var (code, output, error) = await BenchAsync(server, new(), words);
        Assert.Equal(ExitCodes.GoalMissed.Code, code);
        Assert.StartsWith("tinytcp: The goal max<1ns was missed: ", error, StringComparison.Ordinal);
        Assert.Contains("corrected", output, StringComparison.Ordinal);
        Assert.Contains("Goal max<1ns: MISSED, measured ", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n'), static line => Assert.InRange(line.Length, 0, Terminal.DefaultWidth));
        Assert.DoesNotContain('\e', output);

        (_, output, _) = await BenchAsync(server, new(), [.. words, "--color", "always"]);
        Assert.Contains('\e', output);
    }

    [Fact]
    public async Task A_run_without_measurements_has_null_statistics_and_misses_every_goal()
    {
        await using var server = ReferenceServer.Start();
        string[] words = ["--rate", "1", "--warmup", "0.01", "--goal", "p99<5ms", "--goal", "rate>1"];
        var (code, output, error) = await BenchAsync(server, new(), [.. words, "--json"]);
        Assert.Equal(ExitCodes.GoalMissed.Code, code);
        var report = JsonSchemas.AssertValid("bench", output);
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
    public async Task Ctrl_C_ends_the_jitter_measurement()
    {
        using var ctrlC = new CancellationTokenSource();
        await using var server = FakeServer.Start(_ => ctrlC.CancelAsync());
        string[] words = ["bench", "-t", server.Address, "--noise", "86400", "--json"];
        var (code, output, _) = await CliRunner.RunAsync(words, new CliRunner.TestEnvironment(), ctrlC.Token);
        Assert.Equal((ExitCodes.Interrupted.Code, ""), (code, output));
    }

    [Fact]
    public async Task Bench_works_over_a_Unix_socket()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using (ReferenceServer.Start(new UnixDomainSocketEndPoint(path)))
        {
            string[] words = ["bench", "-t", $"unix:{path}", .. FastOptions, "--json"];
            var (code, output, error) = await CliRunner.RunAsync(words);
            Assert.Equal((0, ""), (code, error));
            Assert.True((long)JsonSchemas.AssertValid("bench", output)["requests"]! > 0);
        }

        File.Delete(path);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(24)]
    public async Task The_live_view_fits_the_terminal_and_JSON_output_has_none(int rows)
    {
        await using var server = ReferenceServer.Start();
        var terminal = new CliRunner.TestEnvironment
        {
            Terminal = Terminal.None with { HasOutput = true, GetHeight = () => rows },
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
            static line => Assert.InRange(line.Length, 0, Terminal.DefaultWidth + 20)
        );

        (_, output, _) = await BenchAsync(server, terminal, ["--json"]);
        JsonSchemas.AssertValid("bench", output);
    }

    [Theory]
    [InlineData("ECHO wrong\n", 7)]
    [InlineData("ERROR SHUTTING_DOWN\n", 8)]
    [InlineData("ERROR UNKNOWN_COMMAND\n", 1)]
    [InlineData("", 5)]
    public async Task A_server_error_ends_the_run_with_the_exit_code_of_the_other_commands(
        string reply,
        int exitCode
    )
    {
        await using var server = FakeServer.StartWithGreeting(async caller =>
        {
            // Who only looks whether somebody answers asks nothing.
            if ((await caller.ReadLineAsync()).Length > 0)
            {
                await caller.SendAsync(reply);
            }
        });
        var (code, output, error) = await BenchAsync(server, new(), ["--json", "--connections", "1"]);
        Assert.Equal(exitCode, code);
        Assert.StartsWith("tinytcp: ", error, StringComparison.Ordinal);
        Assert.Equal(exitCode, (int?)JsonSchemas.AssertValid("bench", output)["error"]!["exitCode"]);
    }

    [Fact]
    public async Task A_port_without_a_server_is_NOT_CONNECTED()
    {
        var nobody = $"127.0.0.1:{FakeServer.UnusedPort().ToString(CultureInfo.InvariantCulture)}";
        var (code, output, error) = await CliRunner.RunAsync("bench", "-t", nobody, "--json");
        Assert.Equal(3, code);
        Assert.StartsWith($"tinytcp: Nothing listens on '{nobody}'", error, StringComparison.Ordinal);
        Assert.Equal("CONNECT_FAILED", (string?)JsonSchemas.AssertValid("bench", output)["error"]!["code"]);
    }

    [Fact]
    public async Task A_missing_greeting_times_out()
    {
        await using var server = FakeServer.Start(static caller => caller.WaitForCloseAsync());
        var (code, _, _) = await BenchAsync(server, new(), ["--timeout", "0.05"]);
        Assert.Equal(6, code);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_run_and_prints_the_results_so_far()
    {
        using var ctrlC = new CancellationTokenSource();
        await using var server = FakeServer.StartWithGreeting(async caller =>
        {
            for (var asked = 0; ; asked++)
            {
                if ((await caller.ReadLineAsync()).Length == 0)
                {
                    return;
                }

                await caller.SendAsync("ECHO xxxxx\n");
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
        var (code, output, _) = await CliRunner.RunAsync(words, new CliRunner.TestEnvironment(), ctrlC.Token);
        Assert.Equal(ExitCodes.Interrupted.Code, code);
        var report = JsonSchemas.AssertValid("bench", output);
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
    public async Task Invalid_options_are_usage_errors_before_connecting(string words, string sentence)
    {
        var (code, output, error) = await CliRunner.RunAsync(
            ["bench", .. words.Split(' ')],
            new CliRunner.TestEnvironment()
        );
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith($"tinytcp: {sentence}", error, StringComparison.Ordinal);
    }

    internal static Task<(int Code, string Output, string Error)> BenchAsync(
        FakeServer server,
        CliRunner.TestEnvironment environment,
        string[] options
    ) =>
        CliRunner.RunAsync(
            ["bench", "-t", server.Address, .. DefaultsExcept(options), .. options],
            environment
        );

    /// <summary>The usual options, but for those that are given anyway.</summary>
    private static IEnumerable<string> DefaultsExcept(string[] given) =>
        FastOptions
            .Chunk(2)
            .Where(pair => !given.Contains(pair[0], StringComparer.Ordinal))
            .SelectMany(static pair => pair);
}
