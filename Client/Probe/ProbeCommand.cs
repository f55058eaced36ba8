using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>The command <c>probe</c>.</summary>
internal sealed class ProbeCommand(
    ConnectionOptions connectionOptions,
    ColorOption colorOption,
    CliEnvironment environment
)
{
    private readonly ValueOption countOption = new("--count", "-c")
    {
        HelpName = "N",
        Description = "Number of probes of each address. [default: until Ctrl-C]",
    };

    private readonly ValueOption intervalOption = new("--interval", "-i")
    {
        HelpName = "SECONDS",
        Description = "Time from the start of one probe to the start of the next. [default: 1]",
    };

    private readonly ValueOption deadlineOption = new("--deadline", "-w")
    {
        HelpName = "SECONDS",
        Description = "Stop after this long. [default: never]",
    };

    private readonly SwitchOption timestampsOption = new("--timestamps", "-D")
    {
        Description = "Start each line with the local time. JSON and CSV always have it.",
    };

    private readonly SwitchOption jsonOption = new("--json")
    {
        Description = "Print a JSON object per probe, as in docs/schemas/probe.schema.json.",
    };

    private readonly SwitchOption csvOption = new("--csv")
    {
        Description = "Print a row of CSV per probe, and the summary to stderr.",
    };

    /// <summary>Adds the command to the program.</summary>
    internal void AddTo(Command program)
    {
        var command = new Command(
            "probe",
            "Probes a server repeatedly, like ping.\nIt reports connect, greeting and reply times, losses and outages."
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
                        Left: error => Task.FromResult(error.WriteTo(environment.Error)),
                        Right: prober => prober.RunAsync(cancellationToken)
                    )
        );
        program.Subcommands.Add(command);
    }

    private Either<CliError, Prober> Read(ParseResult parsed) =>
        from settings in connectionOptions.Read(parsed)
        from options in ReadOptions(parsed)
        from report in CreateReport(parsed, settings.Target)
        select new Prober(settings, options, report, environment);

    private Either<CliError, ProbeOptions> ReadOptions(ParseResult parsed)
    {
        var error = new FirstError();
        var options = new ProbeOptions(
            error.Unwrap(
                ReadOptional(
                    parsed.GetValue(countOption),
                    static text => NumberParser.PositiveInteger("count", text)
                ),
                default
            ),
            error.Unwrap(NumberParser.Seconds("interval", parsed.GetValue(intervalOption) ?? "1"), default),
            error.Unwrap(
                ReadOptional(
                    parsed.GetValue(deadlineOption),
                    static text => NumberParser.Seconds("deadline", text)
                ),
                default
            )
        );
        return error.ToResult(options);
    }

    private Either<CliError, IProbeReport> CreateReport(ParseResult parsed, ServerEndPoint target) =>
        (parsed.GetValue(jsonOption), parsed.GetValue(csvOption)) switch
        {
            (true, true) => CliError.Usage("--json and --csv exclude each other. Give one of them."),
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
        string? text,
        Func<string, Either<CliError, T>> read
    ) => text is null ? LanguageExt.Option<T>.None : read(text).Map(Prelude.Some);
}
