using System.Collections.Immutable;
using System.Text.Json;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Bench.Report;

/// <summary>What becomes of results: printed and judged.</summary>
/// <param name="Goals">What they have to come to.</param>
/// <param name="IsJson">Whether they are for a program.</param>
/// <param name="UseColors">Whether they are coloured for people.</param>
/// <param name="Environment">Where to print.</param>
internal sealed record Reporter(
    ImmutableArray<Goal> Goals,
    bool IsJson,
    bool UseColors,
    CliEnvironment Environment
)
{
    /// <summary>What is seen of a run while it goes on.</summary>
    internal LiveView CreateLiveView(LoadProfile profile) =>
        new(
            profile,
            Environment,
            UseColors,
            isEnabled: !IsJson && Environment.Terminal().HasOutput && !Environment.IsDumbTerminal
        );

    /// <summary>Tells what a run came to.</summary>
    /// <returns>The exit code: of what went wrong, or of the goals, which a run that was interrupted does not have to reach.</returns>
    internal int PrintResult(BenchResult result)
    {
        var summary = result.Summary;
        if (IsJson)
        {
            PrintJson(BenchJson.Of(result, summary, Goals));
        }
        else if (result.Error.IsNone)
        {
            new BenchTextReport(Console).Draw(result, summary, Goals);
        }

        return result.Error.IsSome ? result.Error.Map(CliError.From).Map(WriteError).IfNone(0)
            : result.IsInterrupted ? ExitCodes.Success.Code
            : CheckGoals(summary);
    }

    private Spectre.Console.IAnsiConsole Console =>
        ConsoleFactory.Create(Environment.Output, UseColors, Environment.Terminal());

    private void PrintJson(BenchJson json) =>
        Environment.Output.WriteLine(JsonSerializer.Serialize(json, BenchJsonContext.Default.BenchJson));

    private int WriteError(CliError error) => error.WriteTo(Environment.Error);

    private int CheckGoals(LoadSummary summary)
    {
        var missed = Goals.Where(goal => !goal.IsReached(summary)).ToList();
        return missed.Count == 0
            ? ExitCodes.Success.Code
            : WriteError(
                new CliError(
                    ExitCodes.GoalMissed,
                    $"The goal {missed[0]} was missed: {missed[0].Describe(summary)}."
                )
            );
    }
}
