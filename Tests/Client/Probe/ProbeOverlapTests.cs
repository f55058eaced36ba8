using System.Collections.Immutable;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Cli.Probe;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Probe;

/// <summary>Probes that wait, and those that are due meanwhile.</summary>
public class ProbeOverlapTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly HostPort Host = TestValues.Right(HostPort.From("example.invalid", 40000));

    [Fact]
    public async Task A_silent_server_is_probed_at_the_interval()
    {
        var clock = new TrackingTimeProvider();
        var closing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = FakeServer.Start(
            ProbeCommandTests.WithConnectionNumber(
                async (_, number) =>
                {
                    if (number == 5)
                    {
                        closing.SetResult();
                    }

                    clock.Advance(Second);
                    await closing.Task;
                }
            )
        );
        var lines = await RunAsync(server, clock, "-c", "5");
        Assert.Equal(
            [0, 1_000, 2_000, 3_000, 4_000],
            lines[..^1].Select(static line => (double)line["startMilliseconds"]!).Order()
        );
        Assert.Equal(100, (double?)lines[^1]["addresses"]![0]!["lossPercent"]);
    }

    [Fact]
    public async Task A_silent_address_does_not_delay_another()
    {
        var clock = new TrackingTimeProvider();
        await using var silent = FakeServer.Start(static connection => connection.WaitForCloseAsync());
        await using var live = FakeServer.Start(async connection =>
        {
            await ProbeCommandTests.AnswerAsync(connection);
            clock.Advance(Second);
        });
        var report = new CollectingReport();
        await CreateProber(report, clock, _ => Addresses(silent.EndPoint, live.EndPoint))
            .RunAsync(CancellationToken.None);
        Assert.Equal(
            [0, 1, 2, 3, 4],
            report
                .Samples.Where(sample => sample.Address == live.EndPoint)
                .Select(static sample => sample.Start.TotalSeconds)
                .Order()
        );
        Assert.Equal(5, report.Statistics.Of(silent.EndPoint).UnderWay);
    }

    [Fact]
    public async Task Rounds_that_are_due_during_a_name_resolution_share_it()
    {
        var clock = new TrackingTimeProvider();
        var resolution = new TaskCompletionSource<Either<ClientError, ImmutableArray<ServerEndPoint>>>();
        var calls = 0;
        var report = new CollectingReport();
        var running = CreateProber(
                report,
                clock,
                _ =>
                {
                    calls++;
                    return resolution.Task;
                }
            )
            .RunAsync(CancellationToken.None);
        for (var round = 1; round < 4; round++)
        {
            await clock.WaitForTimerAsync(Second);
            clock.Advance(Second);
        }

        await clock.WaitForTimerAsync(Second);
        Assert.Equal(1, calls);
        resolution.SetResult(new ClientError.NameResolutionFailed(Host, SocketError.HostNotFound));
        clock.Advance(Second);
        Assert.Equal(ExitCodes.NameResolutionFailed.Code, await running);
        Assert.Equal([1, 2, 3, 4], report.Samples.Select(static sample => sample.Sequence).Take(4));
        Assert.Equal([0, 1, 2, 3], report.Samples.Select(static sample => sample.Start.TotalSeconds).Take(4));
    }

    [Fact]
    public async Task Probes_over_the_maximum_under_way_are_skipped_and_counted()
    {
        var clock = new TrackingTimeProvider();
        await using var server = FakeServer.Start(
            ProbeCommandTests.WithConnectionNumber(
                async (connection, number) =>
                {
                    // After the last probe that may start, four more are due by the deadline.
                    clock.Advance(number == Prober.MaxUnderWay ? 4 * Second : Second);
                    await connection.WaitForCloseAsync();
                }
            )
        );
        var deadline = Prober.MaxUnderWay + 3;
        var summary = (await RunAsync(server.Address, clock, "--timeout", "500", "-w", $"{deadline}"))[^1];
        var only = summary["addresses"]![0]!;
        Assert.Equal((0, 4), ((int)only["sent"]!, (int)only["skipped"]!));
        Assert.Equal(Prober.MaxUnderWay, (int)only["unfinished"]!);
        Assert.Equal(1_000.0 * deadline, (double)only["longestUnfinishedMilliseconds"]!);
    }

    private static Task<Either<ClientError, ImmutableArray<ServerEndPoint>>> Addresses(
        params ImmutableArray<ServerEndPoint> addresses
    ) => Task.FromResult<Either<ClientError, ImmutableArray<ServerEndPoint>>>(addresses);

    /// <summary>A prober of a name, at an interval of a second, until a deadline of 4.5 s.</summary>
    private static Prober CreateProber(
        CollectingReport report,
        TimeProvider time,
        Func<CancellationToken, Task<Either<ClientError, ImmutableArray<ServerEndPoint>>>> resolveAsync
    ) =>
        new(
            new ConnectionSettings(
                new ServerEndPoint.Tcp(Host),
                ClientOptions.Default with
                {
                    TimeProvider = time,
                }
            ),
            new ProbeOptions(default, Second, TimeSpan.FromSeconds(4.5)),
            resolveAsync,
            report,
            new CliEnvironment(
                Stream.Null,
                Stream.Null,
                static () => TextWriter.Null,
                time,
                static _ => Option<string>.None
            )
        );

    private static Task<JsonNode[]> RunAsync(FakeServer server, TimeProvider time, params string[] options) =>
        RunAsync(server.Address, time, options);

    private static async Task<JsonNode[]> RunAsync(string target, TimeProvider time, params string[] options)
    {
        var (_, output, _) = await CliRunner.RunAsync(
            ["probe", "--json", "-i", "1", "-t", target, .. options],
            time,
            CancellationToken.None
        );
        return [.. output.Split('\n')[..^1].Select(static line => JsonSchemas.AssertValid("probe", line))];
    }

    /// <summary>Keeps the probes and their statistics.</summary>
    private sealed class CollectingReport : IProbeReport
    {
        internal List<ProbeSample> Samples { get; } = [];

        internal ProbeStatistics Statistics { get; private set; } = new();

        public void OnStart(ProbeOptions options) { }

        public void OnSample(ProbeSample sample, ProbeStatistics statistics) => Samples.Add(sample);

        public void OnEnd(ProbeStatistics statistics) => Statistics = statistics;
    }
}
