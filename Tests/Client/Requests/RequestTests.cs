using TinyTcp.Cli.Parsing;
using TinyTcp.Cli.Terminals;
using TinyTcp.Tests.Client.Program;
using TinyTcp.Tests.Core.Sessions;
using Xunit;

namespace TinyTcp.Tests.Client.Requests;

/// <summary>One question, one answer: <c>tinytcp time</c>, <c>echo</c>, <c>help</c> and <c>raw</c>.</summary>
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
    [InlineData(
        "raw nonsense",
        "ERROR UNKNOWN_COMMAND\n",
        1,
        "tinytcp: The server said the error 'UNKNOWN_COMMAND' "
    )]
    [InlineData(
        "raw ECHO",
        "ERROR BAD_ARGUMENTS\n",
        1,
        "tinytcp: The server said the error 'BAD_ARGUMENTS' "
    )]
    [InlineData(
        "raw GET|/|HTTP/1.1",
        "ERROR WRONG_PROTOCOL\n",
        8,
        "tinytcp: The server ended the conversation "
    )]
    public async Task An_error_reply_is_printed_and_sets_the_exit_code(
        string words,
        string output,
        int code,
        string error
    )
    {
        await using var server = ReferenceServer.Start();
        var (ended, printed, said) = await RunAsync(
            server,
            words.Split(' ').Select(static word => word.Replace('|', ' ')),
            new()
        );
        Assert.Equal((code, output), (ended, printed));
        Assert.StartsWith(error, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo \t", "The text is blank, or not one line of whole characters: give one.")]
    [InlineData("time --json -v", "There can be one form of output: give --json or --verbose.")]
    [InlineData("raw", "The line is missing: give one.")]
    [InlineData("raw \t", "The line is blank, or not one line of whole characters: give one.")]
    [InlineData("raw a\nb", "The line is blank, or not one line of whole characters: give one.")]
    [InlineData("time now", "The word 'now' is one too many.")]
    [InlineData("echo -x", "There is no option '-x' here: put -- before a text that begins so.")]
    [InlineData("time -t here", "The target is 'here': give HOST:PORT, tls://HOST:PORT or unix:PATH.")]
    [InlineData("time -t [::1]", "The target is '[::1]': give HOST:PORT, tls://HOST:PORT or unix:PATH.")]
    [InlineData("time -t ::1:4", "The target is '::1:4': give HOST:PORT, tls://HOST:PORT or unix:PATH.")]
    [InlineData("probe --color \u001B[31m", @"The colour is '\x1B[31m': give auto, always or never.")]
    [InlineData("time -t here:0", "The port is '0': give a whole number from 1 to 65535.")]
    [InlineData("time -t unix:", "The path of the Unix socket is '': give 1 to 107 bytes without NUL.")]
    [InlineData(
        "time --timeout never",
        "The time-out is 'never': give a number of seconds from 0.001 to 86400."
    )]
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
        var world = new CliRunner.TestEnvironment
        {
            Variables = { [ConnectionOptions.TargetVariable] = server.Address },
        };
        Assert.Equal((0, Time, ""), await CliRunner.RunAsync(["time"], world));

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
        Assert.Equal(
            (
                2,
                "",
                "tinytcp: TINYTCP_TARGET: The target is 'nowhere': give HOST:PORT, tls://HOST:PORT or unix:PATH. See --help.\n"
            ),
            await CliRunner.RunAsync(["time"], wrong)
        );
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
        var world = new CliRunner.TestEnvironment { Terminal = Terminal.None with { HasOutput = terminal } };
        string[] words = ["echo", "\x1B[2Jü\x07", .. option.Length > 0 ? [option] : Array.Empty<string>()];
        Assert.Equal((0, output, ""), await RunAsync(server, words, world));
    }

    [Theory]
    [InlineData("time")]
    [InlineData("time -v")]
    [InlineData("raw nonsense")]
    public async Task A_request_does_not_measure_the_terminal(string words)
    {
        await using var server = ReferenceServer.Start();
        var terminal = new Terminal(
            HasInput: true,
            HasOutput: true,
            HasError: true,
            static () => throw new InvalidOperationException("It has been asked.")
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
        CliRunner.TestEnvironment world
    ) => RunAsync(server, words.Split(' '), world);

    private static Task<(int Code, string Output, string Error)> RunAsync(
        FakeServer server,
        IEnumerable<string> words,
        CliRunner.TestEnvironment world
    ) => CliRunner.RunAsync(["-t", server.Address, .. words], world);
}
