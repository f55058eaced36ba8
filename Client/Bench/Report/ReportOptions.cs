using System.Collections.Immutable;
using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Bench.Report;

/// <summary>The options that say what becomes of results, and what they come to.</summary>
/// <param name="colorOption">When to colour.</param>
/// <param name="environment">Where to print.</param>
internal sealed class ReportOptions(ColorOption colorOption, CliEnvironment environment)
{
    private readonly System.CommandLine.Option<string[]> goalOption = new("--goal")
    {
        Description =
            $"What it has to come to, {Goal.SyntaxExamples}; else the exit code is {ExitCodes.GoalMissed.Code}. May be given again. With --rate it is about corrected latencies.",
        HelpName = "GOAL",
    };

    private readonly SwitchOption jsonOption = new("--json")
    {
        Description = "Print a JSON object instead, in the form of docs/schemas/bench.schema.json.",
    };

    /// <summary>Puts them on a command.</summary>
    internal void AddTo(Command command)
    {
        command.Options.Add(goalOption);
        command.Options.Add(jsonOption);
    }

    /// <summary>Judges them.</summary>
    internal Either<CliError, Reporter> Read(ParseResult parsed) =>
        ReadGoals(parsed)
            .Map(wanted => new Reporter(
                wanted,
                parsed.GetValue(jsonOption),
                colorOption.Read(parsed, environment),
                environment
            ));

    private Either<CliError, ImmutableArray<Goal>> ReadGoals(ParseResult parsed)
    {
        var read = (parsed.GetValue(goalOption) ?? [])
            .Select(static one => (Written: one, Goal: Goal.From(one)))
            .ToList();
        var wrong = read.FindIndex(static each => each.Goal.IsNone);
        return wrong >= 0
            ? CliError.Usage($"The goal is {Quote.Of(read[wrong].Written)}: give one {Goal.SyntaxExamples}.")
            : read.Select(static each => (Goal)each.Goal).ToImmutableArray();
    }
}
