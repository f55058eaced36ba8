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
    SwitchOption jsonOption,
    ColorOption colorOption,
    CliEnvironment environment
)
{
    private readonly LoadOptions loadOptions = new();

    private readonly QuantityOption jitterOption = QuantityOption.DurationOrZero(
        "--noise",
        "Measure the machine's scheduling jitter for this long before the run; 0 skips it.",
        TimeSpan.FromMilliseconds(500)
    );

    private readonly System.CommandLine.Option<string[]> goalOption = new("--goal")
    {
        HelpName = "GOAL",
        Description =
            $"Exit with {ExitCodes.GoalMissed.Code} if the result misses this goal, {Goal.SyntaxExamples}. Repeatable. With --rate it is about corrected latencies.",
    };

    /// <summary>Adds the command to the program.</summary>
    internal void AddTo(Command program)
    {
        var command = new Command(
            "bench",
            "Measure a server's latency and throughput under load.\nEvery reply is checked. TLS is not supported."
        );
        loadOptions.AddTo(command);
        command.Options.Add(jitterOption);
        command.Options.Add(goalOption);
        command.Options.Add(jsonOption);
        connectionOptions.AddWithTargetTo(command);
        command.SetAction(
            (parsed, cancellationToken) =>
                Read(parsed).RunAsync(bencher => bencher.RunAsync(cancellationToken), environment)
        );
        program.Subcommands.Add(command);
    }

    private Either<CliError, Bencher> Read(ParseResult parsed) =>
        from settings in connectionOptions.Read(parsed).Bind(RejectTls)
        from profile in loadOptions.Read(parsed)
        from reporter in ReadReporter(parsed)
        select new Bencher(
            settings,
            profile,
            (TimeSpan)jitterOption.FindDuration(parsed),
            reporter,
            environment.Time
        );

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
                return CliError.Usage(
                    new ClientError.InvalidArgument("goal", text, $"one {Goal.SyntaxExamples}").Message
                );
            }

            goals.Add((Goal)goal);
        }

        return goals.ToImmutable();
    }

    private static Either<CliError, ConnectionSettings> RejectTls(ConnectionSettings settings) =>
        settings.Target.Match<Either<CliError, ConnectionSettings>>(
            tcp: _ => settings,
            tls: tls =>
                CliError.Usage($"Target {Quote.Of($"{tls}")}: bench does not support TLS. Use HOST:PORT."),
            unix: _ => settings
        );
}
