using System.Globalization;
using System.Text.Json.Nodes;
using Xunit;

namespace TinyTcp.Tests.Client.Probe;

/// <summary><c>tinytcp probe</c> with JSON and CSV, and when its rounds start.</summary>
public class ProbeFormatTests
{
    [Fact]
    public async Task JSON_output_matches_the_schema_and_its_summary_matches_its_lines()
    {
        // The greeting and the reply take times that differ; then the next probe is due.
        var clock = new TrackingTimeProvider();
        await using var server = FakeServer.Start(
            ProbeCommandTests.WithConnectionNumber(
                async (connection, number) =>
                {
                    clock.Advance(TimeSpan.FromMilliseconds(1 + (number % 7)));
                    await (
                        number is 7 or 8 or 30
                            ? Task.CompletedTask
                            : ProbeCommandTests.AnswerAsync(
                                connection,
                                () => clock.Advance(TimeSpan.FromMilliseconds(1 + (number % 5)))
                            )
                    );
                    await connection.FinishAsync();
                    clock.Advance(TimeSpan.FromSeconds(1));
                }
            )
        );
        var (code, lines) = await JsonAsync(server, clock, "-i", "1", "-c", "30");
        Assert.Equal(12, code);

        var (probes, summary) = (lines[..^1], lines[^1]);
        var only = Assert.Single(summary["addresses"]!.AsArray())!;
        Assert.Equal(12, (int?)summary["exitCode"]);
        Assert.Equal(Enumerable.Range(1, 30), probes.Select(static probe => (int)probe["sequence"]!).Order());
        Assert.Equal((30, 27, 3), ((int?)only["sent"], (int?)only["answered"], (int?)only["lost"]));
        Assert.Equal(10, (double)only["lossPercent"]!, 6);
        Assert.Equal(Outage(probes), (double)only["longestOutageMilliseconds"]!, tolerance: 0.005);
        foreach (var part in new[] { "connectMilliseconds", "greetingMilliseconds", "replyMilliseconds" })
        {
            var answered = probes.Where(static probe => probe["error"] is null);
            AssertDistribution([.. answered.Select(probe => (double)probe[part]!)], only[part]!);
        }
    }

    [Fact]
    public async Task JSON_of_a_failed_connection_has_no_statistics()
    {
        var (code, output, error) = await CliRunner.RunAsync(
            "probe",
            "--json",
            "-c",
            "1",
            "-t",
            $"127.0.0.1:{FakeServer.UnusedPort()}"
        );
        Assert.Equal((3, ""), (code, error));
        var lines = Lines(output);
        Assert.Equal("CONNECT_FAILED", (string?)lines[0]["error"]!["code"]);
        Assert.All(
            lines[1]["addresses"]![0]!["replyMilliseconds"]!.AsObject(),
            static one => Assert.Null(one.Value)
        );
    }

    [Fact]
    public async Task CSV_has_a_row_per_probe_and_its_summary_on_stderr()
    {
        var clock = new TrackingTimeProvider();
        await using var server = ProbeCommandTests.OneByOne(clock, static number => number == 2);
        var (code, output, error) = await CliRunner.RunAsync(
            ["probe", "--csv", "-c", "3", "-i", "0.001", "-t", server.Address],
            clock,
            CancellationToken.None
        );
        Assert.Equal(12, code);

        var rows = CsvReader.Read(output);
        Assert.Equal(
            "time,address,sequence,start_ms,end_ms,connect_ms,greeting_ms,reply_ms,error,message",
            string.Join(',', rows[0])
        );
        var probes = rows[1..].OrderBy(static row => row[2], StringComparer.Ordinal).ToList();
        Assert.Equal(["1", "2", "3"], probes.Select(static row => row[2]));
        Assert.Equal(["", "CONNECTION_LOST", ""], probes.Select(static row => row[8]));
        Assert.All(rows, static row => Assert.Equal(10, row.Length));
        Assert.True(double.Parse(probes[0][7], CultureInfo.InvariantCulture) >= 0);
        Assert.Contains("\n3 sent, 2 answered, 1 lost (33.333%), ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--csv")]
    public async Task JSON_and_CSV_do_not_depend_on_the_terminal(string form)
    {
        await using var server = ReferenceServer.Start();
        var environment = new CliRunner.TestEnvironment
        {
            Terminal = new(HasInput: true, HasOutput: true, HasError: true, static () => 20),
        };
        var (code, output, _) = await CliRunner.RunAsync(
            ["probe", form, "-c", "2", "-i", "0.001", "--color", "always", "-t", server.Address],
            environment
        );
        Assert.Equal(0, code);
        Assert.DoesNotContain('\u001B', output);
        Assert.Contains(server.Address, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rounds_start_at_the_interval_until_the_deadline()
    {
        var (code, lines) = await RunOnVirtualTimeAsync(
            static number => (0, number < 3 ? 7 : 6),
            "--deadline",
            "20"
        );
        Assert.Equal(0, code);
        Assert.Equal([0, 7_000, 14_000], Starts(lines));
        Assert.Equal(0, (int?)lines[^1]["unfinished"]);
    }

    [Fact]
    public async Task After_a_stall_one_round_starts_at_once_and_missed_rounds_are_skipped()
    {
        var (_, lines) = await RunOnVirtualTimeAsync(
            static number => (number == 1 ? 16 : 0, number == 2 ? 5 : 0),
            "-c",
            "3"
        );
        Assert.Equal([0, 16_000, 21_000], Starts(lines));
        Assert.Equal(1, (int?)lines[^1]["addresses"]![0]!["skipped"]);
    }

    [Fact]
    public async Task A_probe_ends_with_its_reply_not_with_the_goodbye()
    {
        var clock = new TrackingTimeProvider();
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            var echo = await connection.ReadLineAsync();
            clock.Advance(TimeSpan.FromSeconds(2));
            await connection.SendAsync($"{echo}\n");
            await connection.ReadLineAsync();
            clock.Advance(TimeSpan.FromSeconds(0.5));
            await connection.SendAsync("BYE\n");
        });
        var (_, lines) = await JsonAsync(server, clock, "-c", "1");
        Assert.Equal(2_000, (double?)lines[0]["endMilliseconds"]);
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--csv")]
    public async Task Each_address_of_a_name_has_a_line_per_round(string form)
    {
        await using var server = ReferenceServer.Start();
        var addresses = (await System.Net.Dns.GetHostAddressesAsync("localhost"))
            .Distinct()
            .Select(address => new System.Net.IPEndPoint(address, server.Port).ToString())
            .Order(StringComparer.Ordinal);
        var (_, output, _) = await CliRunner.RunAsync([
            "probe",
            form,
            "-c",
            "2",
            "-i",
            "0.001",
            "-t",
            $"localhost:{server.Port}",
        ]);
        var probes =
            form == "--csv"
                ? CsvReader.Read(output)[1..].Select(static row => (Round: row[2], Address: row[1]))
                : Lines(output)[..^1]
                    .Select(static line => (Round: $"{line["sequence"]}", Address: $"{line["address"]}"));
        Assert.All(
            probes.GroupBy(static probe => probe.Round),
            round =>
                Assert.Equal(
                    addresses,
                    round.Select(static probe => probe.Address).Order(StringComparer.Ordinal)
                )
        );
    }

    /// <summary>Probes every 7 s. The server advances the clock before its reply to each probe, and after it.</summary>
    private static async Task<(int Code, JsonNode[] Lines)> RunOnVirtualTimeAsync(
        Func<int, (int Before, int After)> seconds,
        params string[] options
    )
    {
        var clock = new TrackingTimeProvider();
        await using var server = FakeServer.Start(
            ProbeCommandTests.WithConnectionNumber(
                async (connection, number) =>
                {
                    clock.Advance(TimeSpan.FromSeconds(seconds(number).Before));
                    await ProbeCommandTests.AnswerAsync(connection);
                    clock.Advance(TimeSpan.FromSeconds(seconds(number).After));
                }
            )
        );
        return await JsonAsync(server, clock, ["-i", "7", "--timeout", "50", .. options]);
    }

    private static async Task<(int Code, JsonNode[] Lines)> JsonAsync(
        FakeServer server,
        TimeProvider time,
        params string[] more
    )
    {
        string[] words = ["probe", "--json", "-t", server.Address, .. more];
        var (code, output, error) = await CliRunner.RunAsync(words, time, CancellationToken.None);
        Assert.Equal("", error);
        return (code, Lines(output));
    }

    private static JsonNode[] Lines(string output)
    {
        JsonNode[] lines =
        [
            .. output.Split('\n')[..^1].Select(static line => JsonSchemas.AssertValid("probe", line)),
        ];
        Assert.All(lines[..^1], static line => Assert.Equal("probe", (string?)line["type"]));
        Assert.Equal("summary", (string?)lines[^1]["type"]);
        return lines;
    }

    private static IEnumerable<double> Starts(JsonNode[] lines) =>
        lines[..^1].Select(static line => (double)line["startMilliseconds"]!).Order();

    private static double Outage(JsonNode[] probes) =>
        (
            from lost in probes
            where lost["error"] is not null
            let start = (double)lost["startMilliseconds"]!
            let replies = from probe in probes
            let end = (double)probe["endMilliseconds"]!
            where probe["error"] is null && end > start
            select end
            select replies.DefaultIfEmpty(probes.Max(static probe => (double)probe["endMilliseconds"]!)).Min()
                - start
        ).Max();

    private static void AssertDistribution(double[] times, JsonNode statistics)
    {
        var ordered = times.Order().ToArray();
        Assert.Equal(ordered[0], (double?)statistics["min"]);
        Assert.Equal(ordered[^1], (double?)statistics["max"]);
        AssertPercentile(
            (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2,
            statistics["median"]
        );
        AssertPercentile(ordered[(int)Math.Ceiling(0.9 * ordered.Length) - 1], statistics["p90"]);
        Assert.Null(statistics["p99"]);
        Assert.Equal(times.Average(), (double)statistics["mean"]!, tolerance: 0.001);
        Assert.Equal(
            times.Skip(1).Zip(times, static (a, b) => Math.Abs(a - b)).Average(),
            (double)statistics["jitter"]!,
            tolerance: 0.001
        );

        static void AssertPercentile(double exact, JsonNode? value) =>
            Assert.InRange((double)value!, exact - 0.001, (exact * 1.001) + 0.001);
    }
}
