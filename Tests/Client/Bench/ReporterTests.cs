using LanguageExt;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Bench.Report;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Client.Primitives;
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
        var (code, error) = Print(result => result with { Error = timeout });
        Assert.Equal(ExitCodes.TimedOut.Code, code);
        Assert.StartsWith("tinytcp: Timed out", error, StringComparison.Ordinal);
    }

    /// <summary>Prints the result of a run in which 1,000 requests were answered and 1,500 were not.</summary>
    private static (int Code, string Error) Print(Func<BenchResult, BenchResult> change)
    {
        var counts = new LoadResult { Replies = 1_000, Unanswered = 1_500 };
        counts.LatencyFromDue.Record(1_000, 2_500);
        var result = new BenchResult(
            TestValues.Right(ServerEndPoint.From("127.0.0.1:40000")),
            new LoadSummary(LoadLoopTests.Closed with { Rate = 2_500L }, counts, Seconds: 1),
            default,
            default
        );
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        var environment = new CliEnvironment(
            Stream.Null,
            output,
            () => error,
            TimeProvider.System,
            static _ => Option<string>.None
        );
        var reached = TestValues.Given(Goal.Parse("max<1s"));
        var code = new Reporter([reached], isJson: true, useColors: false, environment).Print(change(result));
        JsonSchemas.AssertValid("bench", System.Text.Encoding.UTF8.GetString(output.ToArray()));
        return (code, error.ToString());
    }
}
