using System.Collections.Immutable;
using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Benching.Reading;
using TinyTcp.Client;

namespace TinyTcp.Cli.Benching.Reporting;

/// <summary>The options that say what becomes of results, and what they come to.</summary>
/// <param name="colours">When to colour.</param>
/// <param name="surroundings">Where to print.</param>
internal sealed class ReportOptions(Colours colours, Surroundings surroundings)
{
    private readonly System.CommandLine.Option<string[]> goals = new("--goal")
    {
        Description =
            $"What it has to come to, {Goal.Form}; else the exit code is {ExitCodes.GoalMissed.Code}. May be given again. With --rate it is about corrected latencies.",
        HelpName = "GOAL",
    };

    private readonly Flag json = new("--json")
    {
        Description = "Print a JSON object instead, in the form of docs/schemas/bench.schema.json.",
    };

    /// <summary>Puts them on a command.</summary>
    internal void AddTo(Command command)
    {
        command.Options.Add(goals);
        command.Options.Add(json);
    }

    /// <summary>Judges them.</summary>
    internal Either<Complaint, Reporter> Read(ParseResult parsed) =>
        Goals(parsed)
            .Map(wanted => new Reporter(
                wanted,
                parsed.GetValue(json),
                colours.Read(parsed, surroundings),
                surroundings
            ));

    private Either<Complaint, ImmutableArray<Goal>> Goals(ParseResult parsed)
    {
        var read = (parsed.GetValue(goals) ?? [])
            .Select(static one => (Written: one, Goal: Goal.From(one)))
            .ToList();
        var wrong = read.FindIndex(static each => each.Goal.IsNone);
        return wrong >= 0
            ? Complaint.Usage($"The goal is {Quote.Of(read[wrong].Written)}: give one {Goal.Form}.")
            : read.Select(static each => (Goal)each.Goal).ToImmutableArray();
    }
}
