using System.Collections.Immutable;
using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Bench.Report;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Bench;

/// <summary>The command <c>bench</c>.</summary>
internal sealed class BenchCommand(
    ConnectionOptions connectionOptions,
    ColorOption colorOption,
    CliEnvironment environment
)
{
    private readonly LoadOptions loadOptions = new();

    private readonly ValueOption jitterOption = new("--noise")
    {
        HelpName = "SECONDS",
        Description =
            "Measure the machine's scheduling jitter for this long before the run; 0 skips it. [default: 0.5]",
    };

    private readonly System.CommandLine.Option<string[]> goalOption = new("--goal")
    {
        HelpName = "GOAL",
        Description =
            $"Exit with {ExitCodes.GoalMissed.Code} if the result misses this goal, {Goal.SyntaxExamples}. Repeatable. With --rate it is about corrected latencies.",
    };

    private readonly SwitchOption jsonOption = new("--json")
    {
        Description = "Print a JSON object as in docs/schemas/bench.schema.json.",
    };

    /// <summary>Adds the command to the program.</summary>
    internal void AddTo(Command program)
    {
        var command = new Command(
            "bench",
            "Measures a server's latency and throughput under load.\nIt checks every reply. TLS is not supported."
        );
        loadOptions.AddTo(command);
        command.Options.Add(jitterOption);
        command.Options.Add(goalOption);
        command.Options.Add(jsonOption);
        connectionOptions.AddTo(command);
        colorOption.AddTo(command);
        command.SetAction(
            (parsed, cancellationToken) =>
                Read(parsed)
                    .Match(
                        Left: error => Task.FromResult(error.WriteTo(environment.Error)),
                        Right: bencher => bencher.RunAsync(cancellationToken)
                    )
        );
        program.Subcommands.Add(command);
    }

    private Either<CliError, Bencher> Read(ParseResult parsed) =>
        from settings in connectionOptions.Read(parsed).Bind(RejectTls)
        from profile in loadOptions.Read(parsed)
        from reporter in ReadReporter(parsed)
        from bencher in NumberParser
            .SecondsOrZero("time for noise", parsed.GetValue(jitterOption) ?? "0.5")
            .Map(duration => new Bencher(settings, profile, duration, reporter, environment.Time))
        select bencher;

    private Either<CliError, Reporter> ReadReporter(ParseResult parsed) =>
        ReadGoals(parsed)
            .Map(goals => new Reporter(
                goals,
                parsed.GetValue(jsonOption),
                colorOption.Read(parsed, environment),
                environment
            ));

    private Either<CliError, ImmutableArray<Goal>> ReadGoals(ParseResult parsed)
    {
        var goals = ImmutableArray.CreateBuilder<Goal>();
        foreach (var text in parsed.GetValue(goalOption) ?? [])
        {
            var goal = Goal.Parse(text);
            if (goal.IsNone)
            {
                return CliError.Usage($"The goal is {Quote.Of(text)}: give one {Goal.SyntaxExamples}.");
            }

            goals.Add((Goal)goal);
        }

        return goals.ToImmutable();
    }

    private static Either<CliError, ConnectionSettings> RejectTls(ConnectionSettings settings) =>
        settings.Target.Match<Either<CliError, ConnectionSettings>>(
            tcp: _ => settings,
            tls: tls =>
                CliError.Usage(
                    $"The target is {Quote.Of($"{tls}")}, and bench does not support TLS. Give HOST:PORT."
                ),
            unix: _ => settings
        );
}
