using System.Collections.Immutable;
using System.Globalization;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Bench.Report;

/// <summary>Prints progress and the result, and checks goals.</summary>
/// <param name="goals">The goals.</param>
/// <param name="isJson">Whether to print JSON.</param>
/// <param name="useColors">Whether to colour the text.</param>
/// <param name="environment">Where to print.</param>
internal sealed class Reporter(
    ImmutableArray<Goal> goals,
    bool isJson,
    bool useColors,
    CliEnvironment environment
)
{
    // Terminals print ^C in front of the cursor.
    private const int EchoedKeyColumns = 3;

    private readonly bool showsProgress =
        !isJson && environment.Terminal().HasOutput && !environment.IsDumbTerminal;
    private readonly LiveText statusLine = new(environment.Output, isEnabled: true);

    /// <summary>Shows how far a run is, on a terminal.</summary>
    internal void ShowProgress(ILoadLoop loop, LoadProfile profile, long now)
    {
        if (showsProgress)
        {
            var text = loop.Window.Map(window => Progress(loop, profile, window, now)).IfNone("Connecting");
            statusLine.Show(DisplayWidth.Ellipsize(text, environment.Terminal().Width - EchoedKeyColumns));
        }
    }

    /// <summary>Erases the progress.</summary>
    internal void HideProgress() => statusLine.Hide();

    /// <summary>Prints a result.</summary>
    /// <returns>The exit code of the error, or of the counts and the goals unless the run was interrupted.</returns>
    internal int Print(BenchResult result)
    {
        if (isJson)
        {
            environment.Output.WriteLine(
                JsonText.Serialize(BenchJson.Of(result, goals), BenchJsonContext.Output.BenchJson)
            );
        }
        else if (result.Error.IsNone)
        {
            new BenchTextReport(
                ConsoleFactory.Create(environment.Output, useColors, environment.Terminal())
            ).Write(result, goals);
        }

        return result
            .Error.Map(CliError.From)
            .Match(
                Some: error => error.WriteTo(environment),
                None: () =>
                    result.IsInterrupted ? ExitCodes.Success.Code
                    : result.Summary.Result.Unanswered > 0 ? ReportUnanswered(result.Summary.Result)
                    : CheckGoals(result.Summary)
            );
    }

    private int ReportUnanswered(LoadResult result) =>
        new CliError(
            ExitCodes.NotAllAnswered,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Unanswered:N0} of {result.Requests + result.Unanswered:N0} requests were never answered. Lower --rate, or raise --depth or --timeout."
            )
        ).WriteTo(environment);

    private int CheckGoals(LoadSummary summary)
    {
        var missed = goals.FirstOrDefault(goal => !goal.IsReached(summary));
        return missed is null
            ? ExitCodes.Success.Code
            : new CliError(
                ExitCodes.GoalMissed,
                $"Missed the goal {missed.Text}: {missed.Explain(summary)}"
            ).WriteTo(environment);
    }

    private static string Progress(ILoadLoop loop, LoadProfile profile, MeasurementWindow window, long now) =>
        now < window.From ? "Warming up"
        : now >= window.Until ? "Waiting for the last replies"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{BenchTextReport.Throughput(loop.Result.Replies, window.SecondsUntil(now))} ({Limit(profile)})"
        );

    private static string Limit(LoadProfile profile) =>
        profile
            .Count.Map(static count => string.Create(CultureInfo.InvariantCulture, $"of {count:N0}"))
            .IfNone(string.Create(CultureInfo.InvariantCulture, $"of {profile.Duration.TotalSeconds} s"));
}
