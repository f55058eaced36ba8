using System.Globalization;
using TinyTcp.Cli;
using Xunit;

namespace TinyTcp.Tests.Client;

/// <summary>The program as a function: what it prints, what it complains of, and how it ends.</summary>
public class CommandLineTests
{
    [Fact]
    public async Task The_tour_prints_the_original_clients_two_conversations()
    {
        await using var server = Truthful.Server();

        var (code, output, error) = await RunAsync("127.0.0.1", Port(server));
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
    public async Task No_arguments_print_help_and_end_as_a_wrong_command_line()
    {
        var (code, output, error) = await RunAsync();
        Assert.Equal((2, await HelpAsync(), ""), (code, output, error));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("127.0.0.1 99999 --help")]
    [InlineData("--nonsense --help")]
    public async Task Help_is_printed_whatever_stands_beside_it(string words)
    {
        var (code, output, error) = await RunAsync(words.Split(' '));
        Assert.Equal((0, await HelpAsync(), ""), (code, output, error));
    }

    [Fact]
    public async Task The_help_text_is_the_approved_one() =>
        Assert.Equal(
            await File.ReadAllTextAsync(
                Path.Combine(AppContext.BaseDirectory, "Approved", "tinytcp-help.txt")
            ),
            await HelpAsync()
        );

    [Fact]
    public async Task The_version_is_one_line()
    {
        var (code, output, error) = await RunAsync("--version");
        Assert.Matches(@"^tinytcp \d+\.\d+\.\d+\S*\n$", output);
        Assert.Equal((0, ""), (code, error));
    }

    [Theory]
    [InlineData("127.0.0.1", "The port is missing: give a host and a port.")]
    [InlineData("127.0.0.1 99999", "The port is '99999': give a whole number from 1 to 65535.")]
    [InlineData("127.0.0.1 -1", "The port is '-1': give a whole number from 1 to 65535.")]
    [InlineData("127.0.0.1 \u001B[2J", @"The port is '\x1B[2J': give a whole number from 1 to 65535.")]
    [InlineData("0.0.0.0 1", "The host is '0.0.0.0': give a host name, or an IP address such as 127.0.0.1.")]
    [InlineData("--nonsense", "There is no option '--nonsense'.")]
    [InlineData("127.0.0.1 1 --nonsense=2", "There is no option '--nonsense=2'.")]
    [InlineData("127.0.0.1 1 2", "The word '2' is one too many.")]
    [InlineData("--timeout 1", "The host is missing: give a host and a port.")]
    [InlineData("127.0.0.1 1 --timeout", "Required argument missing for option: '--timeout'.")]
    [InlineData("127.0.0.1 1 --timeout 0", TimeoutIs + "'0'" + TimeoutBounds)]
    [InlineData("127.0.0.1 1 --timeout -5", TimeoutIs + "'-5'" + TimeoutBounds)]
    [InlineData("127.0.0.1 1 --timeout soon", TimeoutIs + "'soon'" + TimeoutBounds)]
    [InlineData("127.0.0.1 1 --timeout NaN", TimeoutIs + "'NaN'" + TimeoutBounds)]
    public async Task A_wrong_command_line_gets_one_sentence(string words, string sentence)
    {
        var (code, output, error) = await RunAsync(words.Split(' '));
        Assert.Equal((2, "", $"tinytcp: {sentence} See tinytcp --help.\n"), (code, output, error));
    }

    [Theory]
    [InlineData("tinytcp", "CONNECT to tinytcp:x")]
    [InlineData("[fe80::1]", "CONNECT to [fe80::1]:x")]
    [InlineData("@file", "CONNECT to @file:x")]
    public async Task A_first_word_that_the_parser_would_take_for_its_own_is_a_host(
        string host,
        string expected
    )
    {
        // Already cancelled: the line is printed, and nobody is called.
        var (code, output, _) = await RunAsync(
            [host, "1"],
            TimeProvider.System,
            new CancellationToken(canceled: true)
        );
        Assert.Equal((130, expected.Replace(":x", ":1\n", StringComparison.Ordinal)), (code, output));
    }

    [Fact]
    public async Task A_silent_server_is_given_up_after_the_time_out_given()
    {
        var clock = new AlarmClock();
        await using var server = Peer.Greeting(static caller => caller.StayAsync());
        var running = RunAsync(
            ["127.0.0.1", Port(server), "--timeout", "2.5"],
            clock,
            CancellationToken.None
        );

        await clock.AlarmsAsync(3);
        clock.Advance(TimeSpan.FromSeconds(2.5));
        var (code, output, error) = await running;
        Assert.Equal($"CONNECT to {server.Address}\n<- WELCOME, test\n-> TIME\n", output);
        Assert.StartsWith(
            "tinytcp: The client waited 2.5 s in vain for the reply to 'TIME'",
            error,
            StringComparison.Ordinal
        );
        Assert.Equal(ExitCodes.TimedOut.Code, code);
    }

    [Fact]
    public async Task Ctrl_C_ends_with_130_and_not_a_word()
    {
        using var ctrlC = new CancellationTokenSource();
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.HearAsync();
            await ctrlC.CancelAsync();
            await caller.StayAsync();
        });

        var (code, _, error) = await RunAsync(["127.0.0.1", Port(server)], TimeProvider.System, ctrlC.Token);
        Assert.Equal((130, ""), (code, error));
    }

    private const string TimeoutIs = "The time-out is ";
    private const string TimeoutBounds = ": give a number of seconds from 0.001 to 86400.";

    private static string Port(Peer server) => server.Port.ToString(CultureInfo.InvariantCulture);

    private static async Task<string> HelpAsync() => (await RunAsync("--help")).Output;

    private static Task<(int Code, string Output, string Error)> RunAsync(params string[] words) =>
        RunAsync(words, TimeProvider.System, CancellationToken.None);

    private static async Task<(int Code, string Output, string Error)> RunAsync(
        string[] words,
        TimeProvider time,
        CancellationToken ctrlC
    )
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(words, new Surroundings(output, error, time), ctrlC);
        return (code, output.ToString(), error.ToString());
    }
}
