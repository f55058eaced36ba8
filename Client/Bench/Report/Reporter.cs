using System.Collections.Immutable;
using System.Globalization;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Bench.Report;

/// <summary>Prints the result, and checks goals.</summary>
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
    // After a longer pause the process was stopped, and a shell has written to the terminal.
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(2);

    private long shownAt = environment.Time.GetTimestamp();
    private readonly Bars bars = new(environment.IsUnicode);
    private readonly LiveText screen = new(environment.Output, isEnabled: true);

    /// <summary>Whether the output is a terminal that shows a run under way.</summary>
    internal bool IsLive { get; } =
        !isJson && environment.Terminal().HasOutput && !environment.IsDumbTerminal;

    /// <summary>Shows a run that is under way. Call it only if <see cref="IsLive"/>.</summary>
    internal void Show(LiveView view)
    {
        if (environment.Time.GetElapsedTime(shownAt) > MaxPause)
        {
            screen.Forget();
        }

        shownAt = environment.Time.GetTimestamp();
        var terminal = environment.Terminal();
        // The last column and the last row stay free: a terminal prints keys such as ^C at the cursor.
        var rows = view.Render(
            bars,
            useColors,
            Math.Max(1, terminal.Width - 1),
            Math.Max(1, terminal.Height - 1)
        );
        screen.Show($"{string.Join('\n', rows)}\n", terminal.Width);
    }

    /// <summary>Erases it.</summary>
    internal void Hide() => screen.Hide();

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
            var width = environment.Terminal().Width;
            var report = BenchTextReport.Create(result, goals, bars, width);
            foreach (var row in BenchWidgets.Render(report, useColors, width))
            {
                environment.Output.WriteLine(row);
            }
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
}
