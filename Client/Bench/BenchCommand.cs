using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Bench.Report;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Bench;

/// <summary>The command line <c>bench</c>: load on a server, and what it bears.</summary>
/// <param name="connectionOptions">The options that say whom to call.</param>
/// <param name="colorOption">When to colour.</param>
/// <param name="environment">The program's surroundings.</param>
internal sealed class BenchCommand(
    ConnectionOptions connectionOptions,
    ColorOption colorOption,
    CliEnvironment environment
)
{
    private readonly LoadOptions loadOptions = new();
    private readonly ReportOptions reportOptions = new(colorOption, environment);

    private readonly ValueOption jitterOption = LoadOptions.CreateOption(
        "--noise",
        "SECONDS",
        "How long to see, before it begins, what the machine takes from a thread that only looks at the clock; 0.5 unless given, 0 for not at all."
    );

    /// <summary>Puts it on the program.</summary>
    internal void AddTo(Command program)
    {
        var command = new Command(
            "bench",
            "Puts load on a server, checks every reply, and says how long they take and how many come; not over TLS."
        );
        loadOptions.AddTo(command);
        command.Options.Add(jitterOption);
        reportOptions.AddTo(command);
        connectionOptions.AddTo(command);
        colorOption.AddTo(command);
        command.SetAction(RunAsync);
        program.Subcommands.Add(command);
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        (
            from call in connectionOptions.Read(parsed).Bind(RejectTls)
            from load in loadOptions.Read(parsed)
            from bencher in CreateBencher(parsed, call, load)
            select bencher
        ).Match(
            Left: complaint => Task.FromResult(complaint.WriteTo(environment.Error)),
            Right: bencher => bencher.RunAsync(cancellationToken)
        );

    private Either<CliError, Bencher> CreateBencher(
        ParseResult parsed,
        ConnectionSettings settings,
        LoadProfile profile
    ) =>
        ReadJitterDuration(parsed)
            .Match(
                Left: static complaint => complaint,
                Right: quiet =>
                    reportOptions
                        .Read(parsed)
                        .Map(reporter => new Bencher(settings, profile, quiet, reporter, environment))
            );

    private Either<CliError, TimeSpan> ReadJitterDuration(ParseResult parsed) =>
        NumberParser.SecondsOrZero("time for noise", parsed.GetValue(jitterOption) ?? "0.5");

    private static Either<CliError, ConnectionSettings> RejectTls(ConnectionSettings settings) =>
        settings.Target.Match<Either<CliError, ConnectionSettings>>(
            tcp: _ => settings,
            tls: tls =>
                CliError.Usage(
                    $"The target is {Quote.Of($"{tls}")}, and bench does not speak TLS: it would measure the client's. Give HOST:PORT."
                ),
            unix: _ => settings
        );
}
