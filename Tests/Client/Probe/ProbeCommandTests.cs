using System.Text.RegularExpressions;
using TinyTcp.Cli.Errors;
using TinyTcp.Tests.Client.Program;
using Xunit;

namespace TinyTcp.Tests.Client.Probe;

/// <summary><c>tinytcp probe</c> as people see it, and how it ends.</summary>
public partial class ProbeCommandTests
{
    private const string Sentence = "The connection was lost while the client waited for the greeting";

    [Fact]
    public async Task Each_probe_has_a_line_and_a_summary_follows()
    {
        await using var server = ReferenceServer.Start();
        var (code, output, error) = await RunAsync(server, new(), "--count", "3");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(
            $"""
            Probing {server.Address} every 0.001 s. Times are in ms.
            {server.Address}: seq=1 connect=# greeting=# reply=#
            {server.Address}: seq=2 connect=# greeting=# reply=#
            {server.Address}: seq=3 connect=# greeting=# reply=#

            {server.Address}
            3 sent, 3 answered, 0 lost (0%)
            ms min median mean p90 p99 max jitter
            connect # # # - - # #
            greeting # # # - - # #
            reply # # # - - # #

            -: too few answers to say; p90 takes 10 of them, p99 100, jitter 2.

            """,
            MaskTimes(output)
        );
    }

    [Fact]
    public async Task A_hundred_answers_have_all_percentiles()
    {
        await using var server = ReferenceServer.Start();
        var (code, output, _) = await RunAsync(server, new(), "--count", "100");
        Assert.Equal(0, code);
        Assert.EndsWith(
            "ms min median mean p90 p99 max jitter\nconnect # # # # # # #\ngreeting # # # # # # #\nreply # # # # # # #\n",
            MaskTimes(output),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Some_lost_probes_exit_with_NOT_ALL_ANSWERED()
    {
        await using var server = AnsweringUnless(static number => number == 2);
        var (code, output, error) = await RunAsync(server, new(), "--count", "3");
        Assert.Equal((ExitCodes.NotAllAnswered.Code, ""), (code, error));
        Assert.Contains($"\n{server.Address}: seq=2 {Sentence} (", output, StringComparison.Ordinal);
        Assert.Matches(@"\n3 sent, 2 answered, 1 lost \(33\.333%\), longest outage \d+\.\d+ s\n", output);
    }

    [Theory]
    [InlineData("", 5)]
    [InlineData("ERROR SERVER_BUSY\n", 8)]
    [InlineData("HTTP/1.1 400 Bad Request\n", 7)]
    public async Task Without_answers_the_last_error_is_the_exit_code(string greeting, int expected)
    {
        await using var server = FakeServer.Start(caller => caller.SendAsync(greeting));
        var (code, output, _) = await RunAsync(server, new(), "--count", "2");
        Assert.Equal(expected, code);
        Assert.EndsWith("s\n", output, StringComparison.Ordinal);
        Assert.Contains(
            "\n2 sent, 0 answered, 2 lost (100%), longest outage ",
            output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("no-such-host.invalid:1", 4)]
    [InlineData("127.0.0.1:nobody", 3)]
    [InlineData("unix:/no/such/socket", 3)]
    public async Task A_failed_connection_counts_as_lost(string target, int expected)
    {
        var port = $"{FakeServer.UnusedPort()}";
        var address = target.Replace("nobody", port, StringComparison.Ordinal);
        var (code, output, _) = await CliRunner.RunAsync("probe", "-t", address, "-c", "2", "-i", "0.001");
        Assert.Equal(expected, code);
        Assert.Contains(
            $"\n\n{address}\n2 sent, 0 answered, 2 lost (100%), ",
            output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_silent_server_times_out()
    {
        await using var server = FakeServer.Start(static caller => caller.WaitForCloseAsync());
        var (code, output, _) = await RunAsync(server, new(), "--count", "1", "--timeout", "0.01");
        Assert.Equal(6, code);
        // On a busy machine that is too short for a connection, too.
        Assert.Matches("seq=1 The client waited 0.01 s in vain for (the greeting|a connection)", output);
    }

    [Fact]
    public async Task Every_address_of_a_name_is_probed_and_summarized()
    {
        await using var server = ReferenceServer.Start();
        var addresses = await System.Net.Dns.GetHostAddressesAsync("localhost");
        var (code, output, _) = await CliRunner.RunAsync(
            "probe",
            "-t",
            $"localhost:{server.Port}",
            "-c",
            "1"
        );
        Assert.Equal(addresses.Length == 1 ? 0 : 12, code);
        Assert.All(
            addresses.Distinct().Select(address => new System.Net.IPEndPoint(address, server.Port)),
            address =>
            {
                Assert.Contains($"\n{address}: seq=1 ", output, StringComparison.Ordinal);
                Assert.Contains($"\n\n{address}\n1 sent, ", output, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public async Task Ctrl_C_prints_the_summary_and_exits_by_the_results()
    {
        using var ctrlC = new CancellationTokenSource();
        await using var server = FakeServer.Start(
            WithConnectionNumber(
                async (caller, number) =>
                {
                    if (number == 3)
                    {
                        await ctrlC.CancelAsync();
                    }

                    await (number == 3 ? caller.WaitForCloseAsync() : AnswerAsync(caller));
                }
            )
        );
        var (code, output, error) = await RunAsync(server, new(), ctrlC.Token);
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith(
            $"Probing {server.Address} every 0.001 s, until Ctrl-C. ",
            output,
            StringComparison.Ordinal
        );
        Assert.Contains("\n2 sent, 2 answered, 0 lost (0%)\n", output, StringComparison.Ordinal);
        Assert.Contains(
            "\n1 more under way when it was stopped: not counted.\n",
            output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Ctrl_C_before_the_first_answer_is_130()
    {
        using var ctrlC = new CancellationTokenSource();
        await using var server = FakeServer.Start(async caller =>
        {
            await ctrlC.CancelAsync();
            await caller.WaitForCloseAsync();
        });
        var (code, _, error) = await RunAsync(server, new(), ctrlC.Token);
        Assert.Equal((130, ""), (code, error));
    }

    [Fact]
    public async Task A_deadline_before_the_first_result_is_an_error()
    {
        await using var server = FakeServer.Start(static caller => caller.WaitForCloseAsync());
        var (code, _, error) = await RunAsync(server, new(), "--deadline", "0.01");
        Assert.Equal(6, code);
        Assert.Equal(
            "tinytcp: The deadline came before the end of the first probe: allow more time.\n",
            error
        );
    }

    [Fact]
    public async Task Timestamps_option_prefixes_lines_with_the_local_time()
    {
        await using var server = ReferenceServer.Start();
        var (_, output, _) = await RunAsync(server, new(), "--count", "1", "-D");
        Assert.Matches($@"\n\d\d:\d\d:\d\d {Regex.Escape(server.Address)}: seq=1 ", output);
    }

    [Theory]
    [InlineData("--count 0", "The count is '0': give a whole number from 1 on.")]
    [InlineData("--count many", "The count is 'many': give a whole number from 1 on.")]
    [InlineData("--interval 0", "The interval is '0': give a number of seconds from 0.001 to 86400.")]
    [InlineData("--deadline -1", "The deadline is '-1': give a number of seconds from 0.001 to 86400.")]
    [InlineData("--json --csv", "There can be one form of output: give --json or --csv.")]
    public async Task A_usage_error_is_one_line(string words, string sentence)
    {
        var (code, output, error) = await CliRunner.RunAsync(["probe", .. words.Split(' ')]);
        Assert.Equal((2, "", $"tinytcp: {sentence} See --help.\n"), (code, output, error));
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(
        FakeServer server,
        CliRunner.TestEnvironment world,
        params string[] more
    ) => CliRunner.RunAsync(["probe", "-t", server.Address, "-i", "0.001", .. more], world);

    private static Task<(int Code, string Output, string Error)> RunAsync(
        FakeServer server,
        CliRunner.TestEnvironment world,
        CancellationToken ctrlC
    ) => CliRunner.RunAsync(["probe", "-t", server.Address, "-i", "0.001"], world, ctrlC);

    /// <summary>A server that answers, but for some connections, which it closes without a word.</summary>
    internal static FakeServer AnsweringUnless(Func<int, bool> shouldClose) =>
        FakeServer.Start(
            WithConnectionNumber(
                (caller, number) => shouldClose(number) ? Task.CompletedTask : AnswerAsync(caller)
            )
        );

    /// <summary>A script that knows the number of its connection, from 1.</summary>
    internal static Func<ServerConnection, Task> WithConnectionNumber(
        Func<ServerConnection, int, Task> script
    )
    {
        var connections = 0;
        return caller => script(caller, Interlocked.Increment(ref connections));
    }

    /// <summary>What a server does for a probe.</summary>
    internal static async Task AnswerAsync(ServerConnection caller)
    {
        await caller.SendAsync("WELCOME, test\n");
        await caller.SendAsync($"{await caller.ReadLineAsync()}\n");
        await caller.ReadLineAsync();
        await caller.SendAsync("BYE\n");
    }

    /// <summary>The output with a # for each time, and one space for many.</summary>
    private static string MaskTimes(string output) => Spaces().Replace(Time().Replace(output, "#"), " ");

    [GeneratedRegex(
        @"(?<=(connect|greeting|reply)=)[\d.]+|(?<= )\d+\.\d+(?= [^s]|\n)",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Time();

    [GeneratedRegex(" +", RegexOptions.None, 1_000)]
    private static partial Regex Spaces();
}
