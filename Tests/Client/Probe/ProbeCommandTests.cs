using System.Text.RegularExpressions;
using TinyTcp.Cli.Errors;
using Xunit;

namespace TinyTcp.Tests.Client.Probe;

/// <summary><c>tinytcp probe</c> with text output, and its exit codes.</summary>
public partial class ProbeCommandTests
{
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task Each_probe_has_a_line_and_a_summary_follows()
    {
        var clock = new TrackingTimeProvider();
        await using var server = OneByOne(clock, static _ => false);
        var (code, output, error) = await RunAsync(server, new() { Time = clock }, "--count", "3");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(
            $"""
            Probing {server.Address} every 0.001 s. Times are in ms.
            seq=1 connect=# greeting=# reply=#
            seq=2 connect=# greeting=# reply=#
            seq=3 connect=# greeting=# reply=#

            {server.Address}
            3 sent, 3 answered, 0 lost (0%)
            ms min median mean p90 p99 max jitter
            connect # # # - - # #
            greeting # # # - - # #
            reply # # # - - # #

            - means too few answers: p90 needs 10, p99 100, jitter 2.

            """,
            string.Join('\n', InOrder(MaskTimes(output).Split('\n')))
        );

        // A probe may end while the next one is under way.
        static IEnumerable<string> InOrder(string[] lines) =>
            [lines[0], .. lines[1..4].Order(StringComparer.Ordinal), .. lines[4..]];
    }

    [Theory]
    [InlineData("--quiet")]
    [InlineData("-q", "--json")]
    public async Task Quiet_prints_no_line_for_a_probe(params string[] options)
    {
        await using var server = ReferenceServer.Start();
        var (code, output, _) = await RunAsync(server, new(), ["--count", "3", .. options]);
        Assert.Equal(0, code);
        Assert.DoesNotContain("seq", output, StringComparison.Ordinal);
        Assert.Matches("3 sent, 3 answered|\"answered\":3", output);
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
        var clock = new TrackingTimeProvider();
        await using var server = OneByOne(clock, static number => number == 2);
        var (code, output, error) = await RunAsync(server, new() { Time = clock }, "--count", "3");
        Assert.Equal((ExitCodes.NotAllAnswered.Code, ""), (code, error));
        Assert.Contains("\nseq=2 ", output, StringComparison.Ordinal);
        Assert.Matches(@"\n3 sent, 2 answered, 1 lost \(33\.333%\), longest outage \d+\.\d+ s\n", output);
    }

    [Theory]
    [InlineData("", 5)]
    [InlineData("ERROR SERVER_BUSY\n", 8)]
    [InlineData("HTTP/1.1 400 Bad Request\n", 7)]
    public async Task Without_answers_the_last_error_is_the_exit_code(string greeting, int expected)
    {
        await using var server = FakeServer.Start(connection => connection.SendAsync(greeting));
        var (code, output, _) = await RunAsync(server, new(), "--count", "2");
        Assert.Equal(expected, code);
        Assert.DoesNotContain("median", output, StringComparison.Ordinal);
        Assert.Contains("\n2 sent, 0 answered, 2 lost (100%)\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-host.invalid:1", 4)]
    [InlineData("127.0.0.1:unused", 3)]
    [InlineData("unix:/no/such/socket", 3)]
    public async Task A_failed_connection_counts_as_lost(string target, int expected)
    {
        var port = $"{FakeServer.UnusedPort()}";
        var address = target.Replace("unused", port, StringComparison.Ordinal);
        var (code, output, _) = await CliRunner.RunAsync("probe", "-t", address, "-c", "2", "-i", "0.001");
        Assert.Equal(expected, code);
        Assert.Contains(
            $"\n\n{address}\n2 sent, 0 answered, 2 lost (100%)\n",
            output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_silent_server_times_out()
    {
        await using var server = FakeServer.Start(static connection => connection.WaitForCloseAsync());
        var (code, output, _) = await RunAsync(server, new(), "--count", "1", "--timeout", "0.01");
        Assert.Equal(6, code);
        Assert.Contains("seq=1 ", output, StringComparison.Ordinal);
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
                Assert.Contains(
                    addresses.Length == 1 ? "\nseq=1 " : $"\n{address}: seq=1 ",
                    output,
                    StringComparison.Ordinal
                );
                Assert.Contains($"\n\n{address}\n1 sent, ", output, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public async Task Ctrl_C_prints_the_summary_and_exits_by_the_results()
    {
        using var ctrlC = new CancellationTokenSource();
        var clock = new TrackingTimeProvider();
        await using var server = FakeServer.Start(
            WithConnectionNumber(
                async (connection, number) =>
                {
                    if (number < 3)
                    {
                        await AnswerAsync(connection);
                        clock.Advance(Interval);
                        return;
                    }

                    await ctrlC.CancelAsync();
                    await connection.WaitForCloseAsync();
                }
            )
        );
        var (code, output, error) = await RunAsync(server, new() { Time = clock }, ctrlC.Token);
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith(
            $"Probing {server.Address} every 0.001 s, until Ctrl-C. ",
            output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\n2 sent, 2 answered, 0 lost (0%)\n1 not finished at the end, and not counted; the oldest waited 0.0 s\n",
            output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Ctrl_C_before_the_first_answer_is_130()
    {
        using var ctrlC = new CancellationTokenSource();
        await using var server = FakeServer.Start(async connection =>
        {
            await ctrlC.CancelAsync();
            await connection.WaitForCloseAsync();
        });
        var (code, _, error) = await RunAsync(server, new(), ctrlC.Token);
        Assert.Equal((130, ""), (code, error));
    }

    [Fact]
    public async Task A_deadline_before_the_first_result_is_an_error()
    {
        await using var server = FakeServer.Start(static connection => connection.WaitForCloseAsync());
        var (code, _, error) = await RunAsync(server, new(), "--deadline", "0.01");
        Assert.Equal(6, code);
        Assert.Equal("tinytcp: The deadline passed before the first probe ended. Raise --deadline.\n", error);
    }

    [Fact]
    public async Task Timestamps_option_prefixes_lines_with_the_local_time()
    {
        await using var server = ReferenceServer.Start();
        var (_, output, _) = await RunAsync(server, new(), "--count", "1", "-D");
        Assert.Matches(@"\n\d\d:\d\d:\d\d seq=1 ", output);
    }

    [Theory]
    [InlineData("--count 0", "--count '0'")]
    [InlineData("--count many", "--count 'many'")]
    [InlineData("--interval 0", "--interval '0'")]
    [InlineData("--deadline -1", "--deadline '-1'")]
    [InlineData("--json --csv", "--json and --csv")]
    public async Task A_usage_error_is_one_line_that_names_the_value(string words, string value)
    {
        var (code, output, error) = await CliRunner.RunAsync(["probe", .. words.Split(' ')]);
        Assert.Equal((2, ""), (code, output));
        Assert.Matches($"^tinytcp: [^\n]*{value}[^\n]* See --help\\.\n$", error);
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(
        FakeServer server,
        CliRunner.TestEnvironment environment,
        params string[] more
    ) => CliRunner.RunAsync(["probe", "-t", server.Address, "-i", "0.001", .. more], environment);

    private static Task<(int Code, string Output, string Error)> RunAsync(
        FakeServer server,
        CliRunner.TestEnvironment environment,
        CancellationToken ctrlC
    ) => CliRunner.RunAsync(["probe", "-t", server.Address, "-i", "0.001"], environment, ctrlC);

    /// <summary>
    /// A server that answers, except on some connections, which it closes. Then it moves the clock to the next probe, so that probes
    /// at <see cref="Interval"/> do not overlap.
    /// </summary>
    internal static FakeServer OneByOne(TrackingTimeProvider clock, Func<int, bool> shouldClose) =>
        FakeServer.Start(
            WithConnectionNumber(
                async (connection, number) =>
                {
                    await (shouldClose(number) ? Task.CompletedTask : AnswerAsync(connection));
                    await connection.FinishAsync();
                    clock.Advance(Interval);
                }
            )
        );

    /// <summary>A script with the number of its connection, from 1.</summary>
    internal static Func<ServerConnection, Task> WithConnectionNumber(
        Func<ServerConnection, int, Task> script
    )
    {
        var connections = 0;
        return connection => script(connection, Interlocked.Increment(ref connections));
    }

    /// <summary>Answers a probe.</summary>
    internal static Task AnswerAsync(ServerConnection connection) =>
        AnswerAsync(connection, static () => { });

    /// <summary>Answers a probe, with a callback between its request and the reply.</summary>
    internal static async Task AnswerAsync(ServerConnection connection, Action beforeReply)
    {
        await connection.SendAsync("WELCOME, test\n");
        var request = await connection.ReadLineAsync();
        beforeReply();
        await connection.SendAsync($"{request}\n");
        await connection.ReadLineAsync();
        await connection.SendAsync("BYE\n");
    }

    /// <summary>Replaces each time by #, and runs of spaces by one.</summary>
    private static string MaskTimes(string output) => Spaces().Replace(Time().Replace(output, "#"), " ");

    [GeneratedRegex(
        @"(?<=(connect|greeting|reply)=) *[\d.]+|(?<= )\d+\.\d+(?= [^s]|\n)",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Time();

    [GeneratedRegex(" +", RegexOptions.None, 1_000)]
    private static partial Regex Spaces();
}
