using LanguageExt;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Bench.Report;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Client.Shell;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>The exit code of a result, and its sentence.</summary>
public class ReporterTests
{
    [Fact]
    public void Requests_without_a_reply_exit_with_NOT_ALL_ANSWERED_whatever_the_goals() =>
        Assert.Equal(
            (
                ExitCodes.NotAllAnswered.Code,
                "tinytcp: 1,500 of 2,500 requests were never answered. Lower --rate, or raise --depth or --timeout.\n"
            ),
            Print(static result => result)
        );

    [Fact]
    public void After_a_signal_requests_without_a_reply_are_no_error() =>
        Assert.Equal((0, ""), Print(static result => result with { IsInterrupted = true }));

    [Fact]
    public void The_error_that_ended_the_run_comes_first()
    {
        var timeout = new ClientError.TimedOut(PendingOperation.Request, TimeSpan.FromSeconds(1));
        var result = Summarize(new LoadResult()) with { Error = timeout };
        var (code, output, error) = Print(result, isJson: true);
        Assert.Equal(ExitCodes.TimedOut.Code, code);
        Assert.StartsWith("tinytcp: Timed out", error, StringComparison.Ordinal);
        Assert.EndsWith(" if it is slow: raise --timeout.\n", error, StringComparison.Ordinal);
        Assert.EndsWith(
            $" {JsonSchemas.AssertValid("bench", output)["error"]!["message"]}\n",
            error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_run_without_measurements_has_null_statistics_and_misses_every_goal()
    {
        var nothing = Summarize(new LoadResult());
        var (code, output, _) = Print(nothing, isJson: true, "p99<5ms", "rate>1");
        Assert.Equal(ExitCodes.GoalMissed.Code, code);
        var report = JsonSchemas.AssertValid("bench", output);
        Assert.All(report["goals"]!.AsArray(), static goal => Assert.False((bool)goal!["reached"]!));
        Assert.Null(report["goals"]![0]!["measured"]);
        Assert.Null(report["latencies"]![0]!["meanMicroseconds"]);
        Assert.Null(report["latencies"]![0]!["percentilesMicroseconds"]!["max"]);

        (_, output, var error) = Print(nothing, isJson: false, "p99<5ms");
        Assert.Contains("Goal p99<5ms: MISSED, nothing was measured", output, StringComparison.Ordinal);
        Assert.Contains(
            "p99<5ms: nothing was measured. Raise --duration or --rate.",
            error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(false, 0, "40000|ECHO of 5 bytes, open loop, 2,500 a second, 3 connections, depth 4|")]
    [InlineData(false, 2, "|2 requests never answered, counted with the wait so far|")]
    [InlineData(true, 1, "|1 request in flight when interrupted, not counted|")]
    public void Requests_outside_of_the_measurement_are_printed_where_there_are_any(
        bool isInterrupted,
        int unanswered,
        string expected
    )
    {
        var counts = new LoadResult();
        counts.End(new UnansweredRequests(unanswered), now: 0, isInterrupted);
        var (_, output, _) = Print(Summarize(counts), isJson: false);
        Assert.EndsWith(
            $"{expected}0 replies in 1.0 s: 0 a second|",
            output.Replace('\n', '|'),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0.2, "40000")]
    [InlineData(
        5,
        "40000|ECHO of 5 bytes, open loop, 2,500 a second, 3 connections, depth 4|Connecting|127.0.0.1:40000"
    )]
    public void The_live_view_is_drawn_over_the_last_one_unless_the_process_was_stopped(
        double seconds,
        string start
    )
    {
        var clock = new TrackingTimeProvider();
        using var output = new MemoryStream();
        var environment = new CliEnvironment(
            Stream.Null,
            output,
            static () => TextWriter.Null,
            clock,
            static _ => Option<string>.None
        )
        {
            Terminal = static () => Cli.Terminals.Terminal.None with { HasOutput = true },
        };
        var reporter = new Reporter([], isJson: false, useColors: false, environment);
        var nothing = Summarize(new LoadResult());
        var view = new LiveView(nothing.Target, LoadProgress.FindingAddress, nothing.Summary, nothing.Rates);
        reporter.Show(view);
        clock.Advance(TimeSpan.FromSeconds(seconds));
        reporter.Show(view);
        Assert.Equal(
            $"127.0.0.1:{start}|ECHO of 5 bytes, open loop, 2,500 a second, 3 connections, depth 4|Connecting",
            FakeTerminal.Render(System.Text.Encoding.UTF8.GetString(output.ToArray())).Text.Replace('\n', '|')
        );
    }

    /// <summary>Prints the result of a run in which 1,000 requests were answered and 1,500 were not.</summary>
    private static (int Code, string Error) Print(Func<BenchResult, BenchResult> change)
    {
        var counts = new LoadResult { Replies = 1_000, Unanswered = 1_500 };
        counts.LatencyFromDue.Record(1_000, 2_500);
        var (code, output, error) = Print(change(Summarize(counts)), isJson: true, "max<1s");
        JsonSchemas.AssertValid("bench", output);
        return (code, error);
    }

    private static BenchResult Summarize(LoadResult counts) =>
        new(
            TestValues.Right(ServerEndPoint.From("127.0.0.1:40000")),
            new LoadSummary(LoadLoopTests.Closed with { Rate = 2_500L }, counts, Seconds: 1),
            default,
            default
        );

    private static (int Code, string Output, string Error) Print(
        BenchResult result,
        bool isJson,
        params string[] goals
    )
    {
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        var environment = new CliEnvironment(
            Stream.Null,
            output,
            () => error,
            TimeProvider.System,
            static _ => Option<string>.None
        );
        var code = new Reporter(
            [.. goals.Select(static goal => TestValues.Given(Goal.Parse(goal)))],
            isJson,
            useColors: false,
            environment
        ).Print(result);
        return (code, System.Text.Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>A schedule of which some requests are not answered at the end.</summary>
    private sealed class UnansweredRequests(int count) : LoadScheduler
    {
        internal override long NextDue => long.MaxValue;

        internal override void Start(MeasurementWindow window) { }

        internal override bool TryNext(long now, out int connection)
        {
            connection = 0;
            return false;
        }

        internal override int NextBatch(int connection, long now) => 0;

        internal override void OnReplies(int connection, int count, long now, LoadResult result) { }

        internal override void OnEnd(long now, LoadResult result) => result.Unanswered += count;

        internal override int InFlight(int connection) => 0;

        internal override long OldestSentAt(int connection) => 0;
    }
}
