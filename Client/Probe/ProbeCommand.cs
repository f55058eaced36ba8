using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>The command line <c>probe</c>: whether a server answers, how fast, and how reliably.</summary>
/// <param name="connectionOptions">The options that say whom to call.</param>
/// <param name="colorOption">The option that says whether there is colour.</param>
/// <param name="environment">The program's surroundings.</param>
internal sealed class ProbeCommand(
    ConnectionOptions connectionOptions,
    ColorOption colorOption,
    CliEnvironment environment
)
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(1);

    private readonly ValueOption countOption = new("--count", "-c")
    {
        Description = "How many times each address is probed; until Ctrl-C unless given.",
        HelpName = "N",
    };

    private readonly ValueOption intervalOption = new("--interval", "-i")
    {
        Description = "From one probe to the next; 1 unless given.",
        HelpName = "SECONDS",
    };

    private readonly ValueOption deadlineOption = new("--deadline", "-w")
    {
        Description = "Stop after so long; never unless given.",
        HelpName = "SECONDS",
    };

    private readonly SwitchOption timestampsOption = new("--timestamps", "-D")
    {
        Description = "Begin each line with the local time; JSON and CSV always have it.",
    };

    private readonly SwitchOption jsonOption = new("--json")
    {
        Description = "Print JSON instead, a line a probe, in the form of docs/schemas/probe.schema.json.",
    };

    private readonly SwitchOption csvOption = new("--csv")
    {
        Description = "Print CSV instead, a row a probe; the summary goes to stderr.",
    };

    /// <summary>Puts it on the program.</summary>
    internal void AddTo(Command program)
    {
        var command = new Command(
            "probe",
            "Asks again and again, like ping: does it answer, how fast, how reliably."
        )
        {
            countOption,
            intervalOption,
            deadlineOption,
            timestampsOption,
            jsonOption,
            csvOption,
        };
        connectionOptions.AddTo(command);
        colorOption.AddTo(command);
        command.SetAction(
            (parsed, cancellationToken) =>
                Read(parsed)
                    .Match(
                        Left: complaint => Task.FromResult(complaint.WriteTo(environment.Error)),
                        Right: prober => prober.RunAsync(cancellationToken)
                    )
        );
        program.Subcommands.Add(command);
    }

    private Either<CliError, Prober> Read(ParseResult parsed) =>
        connectionOptions
            .Read(parsed)
            .Bind(call => ReadOptions(parsed).Bind(plan => Read(parsed, call, plan)));

    private Either<CliError, Prober> Read(
        ParseResult parsed,
        ConnectionSettings settings,
        ProbeOptions options
    ) =>
        ReadReport(parsed, settings.Target).Map(report => new Prober(settings, options, report, environment));

    // Not as a query: of three clauses it makes types that the native compiler does not foresee.
    private Either<CliError, ProbeOptions> ReadOptions(ParseResult parsed) =>
        ReadOptional(parsed, countOption, static written => NumberParser.PositiveInteger("count", written))
            .Bind(rounds =>
                ReadOptional(
                        parsed,
                        intervalOption,
                        static written => NumberParser.Seconds("interval", written)
                    )
                    .Bind(every =>
                        ReadOptional(
                                parsed,
                                deadlineOption,
                                static written => NumberParser.Seconds("deadline", written)
                            )
                            .Map(until => new ProbeOptions(rounds, every.IfNone(DefaultInterval), until))
                    )
            );

    private Either<CliError, IProbeReport> ReadReport(ParseResult parsed, ServerEndPoint target) =>
        (parsed.GetValue(jsonOption), parsed.GetValue(csvOption)) switch
        {
            (true, true) => CliError.Usage("There can be one form of output: give --json or --csv."),
            (true, false) => new JsonReport(target, environment),
            (false, true) => new CsvReport(environment),
            _ => new TextReport(
                target,
                parsed.GetValue(timestampsOption),
                colorOption.Read(parsed, environment),
                environment
            ),
        };

    private static Either<CliError, LanguageExt.Option<T>> ReadOptional<T>(
        ParseResult parsed,
        ValueOption option,
        Func<string, Either<CliError, T>> read
    ) =>
        Prelude
            .Optional(parsed.GetValue(option))
            .Match(
                Some: written => read(written).Map(static value => (LanguageExt.Option<T>)value),
                None: static () => LanguageExt.Option<T>.None
            );
}
