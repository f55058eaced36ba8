using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>The command <c>probe</c>.</summary>
internal sealed class ProbeCommand(
    ConnectionOptions connectionOptions,
    SwitchOption jsonOption,
    ColorOption colorOption,
    CliEnvironment environment
)
{
    private const long MaxCount = 1_000_000_000;

    private readonly QuantityOption countOption = QuantityOption.Count(
        "--count",
        "Number of probes of each address. [default: until Ctrl-C]",
        MaxCount,
        aliases: "-c"
    );

    private readonly QuantityOption intervalOption = QuantityOption.Duration(
        "--interval",
        "Time from the start of one probe to the start of the next.",
        TimeSpan.FromSeconds(1),
        "-i"
    );

    private readonly QuantityOption deadlineOption = QuantityOption.Duration(
        "--deadline",
        "Stop after this long. [default: never]",
        aliases: "-w"
    );

    private readonly SwitchOption timestampsOption = new("--timestamps", "-D")
    {
        Description = "Start each line with the local time. JSON and CSV always have it.",
    };

    private readonly SwitchOption quietOption = new("--quiet", "-q")
    {
        Description = "Print only the summary.",
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
            "Probe a server repeatedly, like ping.\nReports connect, greeting and reply times, losses and outages."
        )
        {
            countOption,
            intervalOption,
            deadlineOption,
            timestampsOption,
            quietOption,
            jsonOption,
            csvOption,
        };
        connectionOptions.AddWithTargetTo(command);
        command.SetAction(
            (parsed, cancellationToken) =>
                Read(parsed).RunAsync(prober => RunAsync(prober, cancellationToken), environment)
        );
        program.Subcommands.Add(command);
    }

    private static async Task<int> RunAsync(Prober prober, CancellationToken cancellationToken)
    {
        await ProbeWarmUp.RunAsync(cancellationToken);
        return await prober.RunAsync(cancellationToken);
    }

    private Either<CliError, Prober> Read(ParseResult parsed) =>
        from settings in connectionOptions.Read(parsed)
        from report in CreateReport(parsed, settings.Target)
        select new Prober(
            settings,
            ReadOptions(parsed),
            cancellationToken => settings.Target.ResolveAsync(settings.ClientOptions, cancellationToken),
            parsed.GetValue(quietOption) ? new SummaryReport(report) : report,
            environment
        );

    private ProbeOptions ReadOptions(ParseResult parsed) =>
        new(
            countOption.Find(parsed),
            (TimeSpan)intervalOption.FindDuration(parsed),
            deadlineOption.FindDuration(parsed)
        );

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
}
