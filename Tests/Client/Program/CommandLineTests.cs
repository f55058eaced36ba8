using System.Globalization;
using TinyTcp.Cli.Errors;
using TinyTcp.Core.Transcripts;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Program;

/// <summary>The demo, the options of the program, and the exit codes, in this process.</summary>
public class CommandLineTests
{
    [Fact]
    public async Task The_demo_prints_the_original_clients_two_conversations()
    {
        await using var server = ReferenceServer.Start();

        var (code, output, error) = await CliRunner.RunAsync("127.0.0.1", Port(server));
        Assert.Equal(
            $"""
            CONNECT to {server.Address}
            <- WELCOME, I'm TinyServer not pressure
            -> TIME
            <- TIME 2025-09-12T17:24:13-05:00
            -> QUIT
            <- BYE
            CONNECT to {server.Address}
            <- WELCOME, I'm TinyServer not pressure
            -> ECHO Hello from client
            <- ECHO Hello from client
            -> QUIT
            <- BYE

            """,
            output
        );
        Assert.Equal((0, ""), (code, error));
    }

    [Fact]
    public async Task The_demo_prints_a_valid_transcript_for_any_reply()
    {
        await using var server = FakeServer.StartWithGreeting(static async connection =>
        {
            await connection.ReadLineAsync();
            await connection.SendAsync("ERROR \x1B[2J <time>\n");
        });

        var (code, output, _) = await CliRunner.RunAsync("127.0.0.1", Port(server));
        Assert.Equal(1, code);
        Assert.Equal(output, TestValues.Right(Transcript.Parse(output)).ToString());
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("127.0.0.1 99999 --help")]
    [InlineData("--nonsense --help")]
    public async Task Help_is_printed_despite_other_errors(string words)
    {
        var (code, output, error) = await CliRunner.RunAsync(words.Split(' '));
        Assert.Equal((0, await HelpAsync(), ""), (code, output, error));
    }

    [Fact]
    public async Task The_help_text_is_the_approved_one() =>
        Approved.AssertIs("tinytcp-help.txt", await HelpAsync());

    [Fact]
    public async Task The_version_is_one_line()
    {
        var (code, output, error) = await CliRunner.RunAsync("--version");
        Assert.Equal((code, output, error), await CliRunner.RunAsync("-V"));
        Assert.Matches(@"^tinytcp \d+\.\d+\.\d+\S*\n$", output);
        Assert.Equal((0, ""), (code, error));
    }

    [Fact]
    public async Task A_silent_server_times_out()
    {
        var clock = new TrackingTimeProvider();
        var requested = new TaskCompletionSource();
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            await connection.ReadLineAsync();
            requested.SetResult();
            await connection.WaitForCloseAsync();
        });
        var running = CliRunner.RunAsync(
            ["127.0.0.1", Port(server), "--timeout", "2.5"],
            clock,
            CancellationToken.None
        );

        await requested.Task;
        clock.Advance(TimeSpan.FromSeconds(2.5));
        var (code, output, error) = await running;
        Assert.Equal($"CONNECT to {server.Address}\n<- WELCOME, test\n-> TIME\n", output);
        Assert.StartsWith("tinytcp: ", error, StringComparison.Ordinal);
        Assert.Contains("2.5 s", error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.TimedOut.Code, code);
    }

    [Fact]
    public async Task Ctrl_C_exits_with_130_and_no_output()
    {
        using var ctrlC = new CancellationTokenSource();
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            await connection.ReadLineAsync();
            await ctrlC.CancelAsync();
            await connection.WaitForCloseAsync();
        });

        var (code, _, error) = await CliRunner.RunAsync(
            ["127.0.0.1", Port(server)],
            TimeProvider.System,
            ctrlC.Token
        );
        Assert.Equal((130, ""), (code, error));
    }

    private static string Port(FakeServer server) => server.Port.ToString(CultureInfo.InvariantCulture);

    private static async Task<string> HelpAsync() => (await CliRunner.RunAsync("--help")).Output;
}
