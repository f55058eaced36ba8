using TinyTcp.Cli.Parsing;
using TinyTcp.Cli.Terminals;
using TinyTcp.Tests.Core.Sessions;
using Xunit;

namespace TinyTcp.Tests.Client.Requests;

/// <summary><c>tinytcp time</c>, <c>echo</c>, <c>help</c> and <c>raw</c>.</summary>
public class RequestTests
{
    private const string Time = "TIME 2025-09-12T17:24:13-05:00\n";

    [Theory]
    [InlineData("time", Time)]
    [InlineData("echo Hello from a shell", "ECHO Hello from a shell\n")]
    [InlineData("echo -- -5 --json", "ECHO -5 --json\n")]
    [InlineData("echo time", "ECHO time\n")]
    [InlineData("help", $"HELP COMMANDS: {Model.HelpText}\n")]
    [InlineData("raw tIME", Time)]
    [InlineData("raw QUIT", "BYE\n")]
    [InlineData("echo --raw true", "ECHO true\n")]
    [InlineData("echo -- -5 -v", "ECHO -5 -v\n")]
    [InlineData("time --value", "2025-09-12T17:24:13-05:00\n")]
    [InlineData("echo x -g", "x\n")]
    [InlineData("help --value", $"{Model.HelpText}\n")]
    [InlineData("raw QUIT --value", "")]
    [InlineData(@"raw --escapes \x74ime", Time)]
    [InlineData(@"raw --escapes ECHO\x09\\x41", "ECHO \\x41\n")]
    public async Task The_output_is_the_reply(string words, string reply)
    {
        await using var server = ReferenceServer.Start();
        Assert.Equal((0, reply, ""), await RunAsync(server, words));
    }

    [Theory]
    [InlineData("time", "TIME 2025-09-12T17:24:13Z", 0)]
    [InlineData("raw nonsense", "ERROR UNKNOWN_COMMAND", 1)]
    public async Task A_goodbye_after_the_reply_does_not_replace_it(string words, string reply, int expected)
    {
        await using var server = FakeServer.StartWithReplies($"{reply}\nERROR SHUTTING_DOWN\n");
        var (code, output, _) = await RunAsync(server, words);
        Assert.Equal((expected, $"{reply}\n"), (code, output));
    }

    [Theory]
    [InlineData("raw nonsense", "ERROR UNKNOWN_COMMAND\n", 1, "'UNKNOWN_COMMAND'")]
    [InlineData("raw ECHO", "ERROR BAD_ARGUMENTS\n", 1, "'BAD_ARGUMENTS'")]
    [InlineData("raw nonsense --value", "", 1, "'UNKNOWN_COMMAND'")]
    [InlineData(@"raw --escapes \xFF", "ERROR BAD_ENCODING\n", 1, "'BAD_ENCODING'")]
    [InlineData("raw GET|/|HTTP/1.1", "ERROR WRONG_PROTOCOL\n", 8, "WRONG_PROTOCOL")]
    public async Task An_error_reply_is_printed_and_sets_the_exit_code(
        string words,
        string output,
        int code,
        string quoted
    )
    {
        await using var server = ReferenceServer.Start();
        var (ended, printed, error) = await RunAsync(
            server,
            words.Split(' ').Select(static word => word.Replace('|', ' ')),
            new()
        );
        Assert.Equal((code, output), (ended, printed));
        Assert.Contains(quoted, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo \t", "The text is blank, or not one line of UTF-8. Give one line.")]
    [InlineData("time --json -v", "--json excludes --verbose. Remove one of them.")]
    [InlineData("time --value --json", "--json excludes --value. Remove one of them.")]
    [InlineData(
        @"raw --escapes \n",
        @"The line has a backslash without a meaning. Write \xNN for a byte and \\ for a backslash."
    )]
    [InlineData(
        @"raw --escapes a\x0Ab",
        @"The line contains an LF (\x0A), so it is several lines. Send them"
    )]
    [InlineData("raw \t", "The line is blank, or not one line of UTF-8. Give one line.")]
    [InlineData("raw a\nb", "The line is blank, or not one line of UTF-8. Give one line.")]
    public async Task Invalid_arguments_are_usage_errors_before_connecting(string words, string sentence)
    {
        var (code, output, error) = await CliRunner.RunAsync(words.Split(' '));
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith($"tinytcp: {sentence}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_target_comes_from_the_option_then_the_environment()
    {
        await using var server = ReferenceServer.Start();
        var environment = new CliRunner.TestEnvironment
        {
            Variables = { [ConnectionOptions.TargetVariable] = server.Address },
        };
        Assert.Equal((0, Time, ""), await CliRunner.RunAsync(["time"], environment));

        var empty = new CliRunner.TestEnvironment { Variables = { [ConnectionOptions.TargetVariable] = "" } };
        Assert.Contains(
            $"-> TIME\n",
            (await CliRunner.RunAsync(["time", "-v", "-t", server.Address], empty)).Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            ConnectionOptions.TargetVariable,
            (await CliRunner.RunAsync(["raw", ""], empty)).Error,
            StringComparison.Ordinal
        );

        var wrong = new CliRunner.TestEnvironment
        {
            Variables = { [ConnectionOptions.TargetVariable] = "nowhere" },
        };
        Assert.Equal((0, Time, ""), await CliRunner.RunAsync(["-t", server.Address, "time"], wrong));
        var (code, output, error) = await CliRunner.RunAsync(["time"], wrong);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("tinytcp: TINYTCP_TARGET: ", error, StringComparison.Ordinal);
        Assert.Contains("'nowhere'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_target_is_the_servers_default_end_point() =>
        Assert.Equal(ConnectionOptions.DefaultTarget, new TinyTcp.Server.ServerOptions().EndPoint.ToString());

    [Fact]
    public async Task Control_characters_in_the_target_are_escaped()
    {
        var (_, output, error) = await CliRunner.RunAsync("time", "-v", "-t", "unix:/no/\u001B[31m/socket");
        Assert.Equal("# CONNECT to unix:/no/\\x1B[31m/socket\n", output);
        Assert.DoesNotContain('\u001B', error);
    }

    [Fact]
    public async Task Verbose_prints_the_transcript()
    {
        await using var server = ReferenceServer.Start();
        var (code, output, _) = await RunAsync(server, "time -v");
        Assert.Equal(
            (0, $"CONNECT to {server.Address}\n<- WELCOME, I'm TinyServer not pressure\n-> TIME\n<- {Time}"),
            (code, output)
        );
    }

    [Theory]
    [InlineData(false, "", "ECHO \x1B[2Jü\x07\n")]
    [InlineData(true, "", "ECHO \\x1B[2Jü\\x07\n")]
    [InlineData(true, "--raw", "ECHO \x1B[2Jü\x07\n")]
    public async Task Replies_are_escaped_on_a_terminal_only(bool terminal, string option, string output)
    {
        await using var server = ReferenceServer.Start();
        var environment = new CliRunner.TestEnvironment
        {
            Terminal = Terminal.None with { HasOutput = terminal },
        };
        string[] words = ["echo", "\x1B[2Jü\x07", .. option.Length > 0 ? [option] : Array.Empty<string>()];
        Assert.Equal((0, output, ""), await RunAsync(server, words, environment));
    }

    [Theory]
    [InlineData("time")]
    [InlineData("time -v")]
    public async Task A_request_does_not_measure_the_terminal(string words)
    {
        await using var server = ReferenceServer.Start();
        var terminal = new Terminal(
            HasInput: true,
            HasOutput: true,
            HasError: true,
            static () => throw new InvalidOperationException("The width was read.")
        );
        var (_, output, _) = await RunAsync(
            server,
            words,
            new CliRunner.TestEnvironment { Terminal = terminal }
        );
        Assert.NotEmpty(output);
    }

    [Fact]
    public void An_unknown_terminal_width_is_the_default() =>
        Assert.Equal(Terminal.DefaultWidth, (Terminal.None with { GetWidth = static () => 0 }).Width);

    [Theory]
    [InlineData("time", 0)]
    [InlineData("raw nonsense", 1)]
    [InlineData("echo \u001B[2J", 0)]
    public async Task JSON_output_matches_the_schema(string words, int code)
    {
        await using var server = ReferenceServer.Start();
        var (ended, output, _) = await RunAsync(server, $"{words} --json");
        Assert.Equal(code, ended);
        var answer = JsonSchemas.AssertValid("answer", output);
        Assert.Equal(server.Address, (string?)answer["target"]);
        Assert.Equal(code, (int?)answer["error"]?["exitCode"] ?? 0);
    }

    [Theory]
    [InlineData("time", "TIME", "2025-09-12T17:24:13-05:00", null, null, null)]
    [InlineData("echo it's <ü>", "ECHO", null, "it's <ü>", null, null)]
    [InlineData("help", "HELP", null, Model.HelpText, null, null)]
    [InlineData("raw quit", "BYE", null, null, null, null)]
    [InlineData("raw ECHO", "ERROR", null, null, "BAD_ARGUMENTS", "C-4")]
    public async Task JSON_has_the_parts_of_the_reply(
        string words,
        string? verb,
        string? time,
        string? text,
        string? code,
        string? rule
    )
    {
        await using var server = ReferenceServer.Start();
        var (_, output, _) = await RunAsync(server, $"{words} --json");
        var answer = JsonSchemas.AssertValid("answer", output);
        Assert.Equal(
            [verb, time, text, code, rule],
            new[] { "verb", "time", "text", "code", "rule" }.Select(name => (string?)answer[name])
        );
    }

    [Fact]
    public async Task JSON_reports_a_failed_connection()
    {
        var (code, output, _) = await CliRunner.RunAsync(
            "time",
            "--json",
            "-t",
            $"127.0.0.1:{FakeServer.UnusedPort()}"
        );
        Assert.Equal(3, code);
        Assert.Equal("CONNECT_FAILED", (string?)JsonSchemas.AssertValid("answer", output)["error"]?["code"]);
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(FakeServer server, string words) =>
        RunAsync(server, words, new());

    private static Task<(int Code, string Output, string Error)> RunAsync(
        FakeServer server,
        string words,
        CliRunner.TestEnvironment environment
    ) => RunAsync(server, words.Split(' '), environment);

    private static Task<(int Code, string Output, string Error)> RunAsync(
        FakeServer server,
        IEnumerable<string> words,
        CliRunner.TestEnvironment environment
    ) => CliRunner.RunAsync(["-t", server.Address, .. words], environment);
}
