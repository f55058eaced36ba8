using System.Globalization;
using System.Net.Sockets;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.Terminals;
using TinyTcp.Tests.Client.Shell;
using Xunit;

namespace TinyTcp.Tests.Client.Bench;

/// <summary><c>tinytcp bench</c> on real sockets. No test depends on how long something takes.</summary>
public class BenchTests
{
    private static readonly string[] FastOptions =
    [
        "--duration",
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
    [InlineData("--request TIME")]
    [InlineData("--size 3000 --depth 100")]
    [InlineData("--rate 2000")]
    [InlineData("--rate 2000 --depth 5")]
    [InlineData("--noise 0.001 --warmup 0.01 --goal max<60s --goal rate>1")]
    [InlineData("--noise 0.0 --warmup 00")]
    [InlineData("-c 2 -z 50ms -q 2000 --size 1k")]
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

    [Theory]
    [InlineData("-n 100")]
    [InlineData("-n 100 -q 5000")]
    public async Task A_run_of_a_number_of_requests_ends_after_as_many(string words)
    {
        await using var server = ReferenceServer.Start();
        var (code, output, _) = await BenchAsync(server, new(), [.. words.Split(' '), "--json"]);
        var report = JsonSchemas.AssertValid("bench", output);
        Assert.Equal((0, 100, 100), (code, (int)report["requests"]!, (int)report["load"]!["count"]!));
        Assert.InRange((double)report["seconds"]!, 0, 60);
    }

    [Fact]
    public async Task Text_output_fits_80_columns_and_contains_color_codes_only_with_color_always()
    {
        await using var server = ReferenceServer.Start();
        string[] words = ["--rate", "2000", "--goal", "max<1ns", "--noise", "0.001"];
        var (code, output, error) = await BenchAsync(server, new(), words);
        Assert.Equal(ExitCodes.GoalMissed.Code, code);
        Assert.StartsWith("tinytcp: Missed the goal max<1ns: ", error, StringComparison.Ordinal);
        Assert.Contains("corrected", output, StringComparison.Ordinal);
        Assert.Contains("Goal max<1ns: MISSED, measured ", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n'), static line => Assert.InRange(line.Length, 0, Terminal.DefaultWidth));
        Assert.DoesNotContain('\e', output);

        (_, output, _) = await BenchAsync(server, new(), [.. words, "--color", "always"]);
        Assert.Contains('\e', output);
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
    [InlineData(120)]
    [InlineData(80)]
    [InlineData(20)]
    public async Task The_live_view_is_erased_before_the_report(int width)
    {
        await using var server = ReferenceServer.Start();
        // On a busy machine the view is drawn late.
        var (code, output, _) = await BenchAsync(server, OnTerminal(width), ["--duration", "1.5"]);
        Assert.Equal(0, code);
        Assert.Contains("Connecting", output, StringComparison.Ordinal);
        Assert.Contains("Measuring", output, StringComparison.Ordinal);
        var terminal = FakeTerminal.Render(output);
        Assert.InRange(terminal.Width, 0, width);
        Assert.DoesNotContain("Measuring", terminal.Text, StringComparison.Ordinal);
        Assert.Contains("every reply", terminal.Text, StringComparison.Ordinal);
    }

    // Spectre.Console would set the colours by .NET, which also changes the terminal's modes.
    [Fact]
    public async Task Without_colours_a_terminal_gets_no_code_that_sets_one()
    {
        await using var server = ReferenceServer.Start();
        var (_, output, _) = await BenchAsync(
            server,
            OnTerminal(80),
            ["--duration", "0.1", "--color", "never"]
        );
        Assert.DoesNotMatch(@"\e\[[0-9;]*m", output);
    }

    [Fact]
    public async Task A_terminal_of_one_column_is_no_failure()
    {
        await using var server = ReferenceServer.Start();
        Assert.Equal(0, (await BenchAsync(server, OnTerminal(1), ["--duration", "0.1"])).Code);
    }

    [Theory]
    [InlineData("xterm", "--json")]
    [InlineData("dumb", "--color", "never")]
    public async Task JSON_and_dumb_terminals_have_no_live_view(string terminal, params string[] options)
    {
        await using var server = ReferenceServer.Start();
        var environment = OnTerminal(80, terminal);
        var (_, output, _) = await BenchAsync(server, environment, options);
        Assert.DoesNotContain('\e', output);
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
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            // The first connection only finds the address.
            if ((await connection.ReadLineAsync()).Length > 0)
            {
                await connection.SendAsync(reply);
            }
        });
        var (code, output, error) = await BenchAsync(server, new(), ["--json", "--connections", "1"]);
        Assert.Equal(exitCode, code);
        Assert.StartsWith("tinytcp: ", error, StringComparison.Ordinal);
        Assert.Equal(exitCode, (int?)JsonSchemas.AssertValid("bench", output)["error"]!["exitCode"]);
    }

    [Fact]
    public async Task A_run_leaves_no_connection_in_TIME_WAIT()
    {
        await using var server = ReferenceServer.Start();
        var (code, _, _) = await BenchAsync(server, new(), []);
        Assert.Equal(0, code);
        if (OperatingSystem.IsLinux())
        {
            // The columns are the number, the local and the remote end point, and the state.
            var port = server.Port.ToString("X4", CultureInfo.InvariantCulture);
            Assert.DoesNotContain(
                await File.ReadAllLinesAsync("/proc/net/tcp"),
                line => line.Contains($":{port} 06 ", StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public async Task A_port_without_a_server_is_CONNECT_FAILED()
    {
        var unused = $"127.0.0.1:{FakeServer.UnusedPort().ToString(CultureInfo.InvariantCulture)}";
        var (code, output, error) = await CliRunner.RunAsync("bench", "-t", unused, "--json");
        Assert.Equal(3, code);
        Assert.Contains(unused, error, StringComparison.Ordinal);
        Assert.Equal("CONNECT_FAILED", (string?)JsonSchemas.AssertValid("bench", output)["error"]!["code"]);
    }

    [Fact]
    public async Task A_missing_greeting_times_out()
    {
        await using var server = FakeServer.Start(static connection => connection.WaitForCloseAsync());
        var (code, _, _) = await BenchAsync(server, new(), ["--timeout", "0.05"]);
        Assert.Equal(6, code);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_run_and_prints_the_results_so_far()
    {
        using var ctrlC = new CancellationTokenSource();
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            for (var asked = 0; ; asked++)
            {
                if ((await connection.ReadLineAsync()).Length == 0)
                {
                    return;
                }

                await connection.SendAsync("ECHO xxxxx\n");
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
            "--duration",
            "3600",
        ];
        var (code, output, _) = await CliRunner.RunAsync(words, new CliRunner.TestEnvironment(), ctrlC.Token);
        Assert.Equal(ExitCodes.Interrupted.Code, code);
        var report = JsonSchemas.AssertValid("bench", output);
        Assert.True((bool)report["interrupted"]!);
        Assert.True((long)report["requests"]! >= 100);
    }

    [Theory]
    [InlineData("--connections 0", "--connections '0'")]
    [InlineData("--depth x", "--depth 'x'")]
    [InlineData("--connections 20000 --depth 10000", "20000 connections of depth 10000")]
    [InlineData("--size 0", "--size '0'")]
    [InlineData("--request quit", "'quit'")]
    [InlineData("--request time --size 5", "--size")]
    [InlineData("--rate 0.5", "--rate '0.5'")]
    [InlineData("-q 0", "--rate '0'")]
    [InlineData("-n 5 -z 5s", "--count excludes --duration")]
    [InlineData("--rate 1 --duration 0.5", "--rate 1 sends less than one request in --duration 500ms")]
    [InlineData("--duration 0", "--duration '0'")]
    [InlineData("--warmup -1", "--warmup '-1'")]
    [InlineData("--goal p98<5ms", "goal 'p98<5ms'")]
    [InlineData("--noise x", "--noise 'x'")]
    [InlineData("-t tls://localhost:1", "'tls://localhost:1'")]
    public async Task Invalid_options_are_usage_errors_before_connecting(string words, string value)
    {
        var (code, output, error) = await CliRunner.RunAsync(
            ["bench", .. words.Split(' ')],
            new CliRunner.TestEnvironment()
        );
        Assert.Equal((2, ""), (code, output));
        Assert.Matches($"^tinytcp: [^\n]*{value}[^\n]*\n$", error);
    }

    private static CliRunner.TestEnvironment OnTerminal(int width, string name = "xterm") =>
        new()
        {
            Terminal = Terminal.None with { HasOutput = true, GetWidth = () => width },
            Variables = { ["TERM"] = name },
        };

    private static Task<(int Code, string Output, string Error)> BenchAsync(
        FakeServer server,
        CliRunner.TestEnvironment environment,
        string[] options
    ) =>
        CliRunner.RunAsync(
            ["bench", "-t", server.Address, .. DefaultsExcept(options), .. options],
            environment
        );

    /// <summary>The fast options that are not given.</summary>
    private static IEnumerable<string> DefaultsExcept(string[] given) =>
        FastOptions
            .Chunk(2)
            .Where(pair => !given.Contains(pair[0], StringComparer.Ordinal))
            .Where(pair => pair[0] != "--duration" || !given.Any(static word => word is "-z" or "-n"))
            .Where(pair => pair[0] != "--connections" || !given.Contains("-c", StringComparer.Ordinal))
            .SelectMany(static pair => pair);
}
