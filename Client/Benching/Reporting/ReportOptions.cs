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
    private readonly System.CommandLine.Option<string[]> goals = GoalOption(
        Goal.Form,
        " With --rate it is about corrected latencies."
    );

    // Another for saved runs, which have no rate in common.
    private readonly System.CommandLine.Option<string[]> goalsOfSaved = GoalOption(Goal.LatencyForm, "");

    private readonly Flag json = new("--json")
    {
        Description = "Print a JSON object instead, in the form of docs/schemas/bench.schema.json.",
    };

    private readonly ValueOption save = LoadOptions.Value(
        "--save",
        "FILE",
        "Save the latencies, as a log of HdrHistogram's in nanoseconds, for 'bench merge'."
    );

    /// <summary>Puts them on a command.</summary>
    internal void AddTo(Command command) => AddTo(command, goals);

    /// <summary>Puts them on the command that is about saved runs.</summary>
    internal void AddToMerge(Command command) => AddTo(command, goalsOfSaved);

    /// <summary>Judges them.</summary>
    internal Either<Complaint, Reporter> Read(ParseResult parsed)
    {
        var judged = new Judged();
        var coloured = colours.Read(parsed, surroundings);
        var wanted = judged.Take(Goals(parsed, goals, Goal.Form), []);
        var wantedOfSaved = judged.Take(Goals(parsed, goalsOfSaved, Goal.LatencyForm), []);
        return judged
            .Of(Prelude.Optional(parsed.GetValue(save)))
            .Bind(Opened)
            .Map(file => new Reporter(
                [.. wanted, .. wantedOfSaved],
                parsed.GetValue(json),
                file,
                coloured,
                surroundings
            ));
    }

    private static Either<Complaint, LanguageExt.Option<FileStream>> Opened(
        LanguageExt.Option<string> path
    ) =>
        path.Match(
            Some: static given => HistogramFile.Open(given).Map(Prelude.Some),
            None: static () => LanguageExt.Option<FileStream>.None
        );

    private static System.CommandLine.Option<string[]> GoalOption(string form, string more) =>
        new("--goal")
        {
            Description =
                $"What it has to come to, {form}; else the exit code is {ExitCodes.GoalMissed.Code}. May be given again.{more}",
            HelpName = "GOAL",
        };

    private void AddTo(Command command, System.CommandLine.Option<string[]> goal)
    {
        command.Options.Add(goal);
        command.Options.Add(json);
        command.Options.Add(save);
    }

    private static Either<Complaint, ImmutableArray<Goal>> Goals(
        ParseResult parsed,
        System.CommandLine.Option<string[]> option,
        string form
    )
    {
        var read = (parsed.GetValue(option) ?? [])
            .Select(static one => (Written: one, Goal: Goal.From(one)))
            .ToList();
        var wrong = read.FindIndex(static each => each.Goal.IsNone);
        return wrong >= 0
            ? Complaint.Usage($"The goal is {Quote.Of(read[wrong].Written)}: give one {form}.")
            : read.Select(static each => (Goal)each.Goal).ToImmutableArray();
    }
}
