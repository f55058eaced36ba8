using System.CommandLine;
using LanguageExt;
using TinyTcp.Client;

namespace TinyTcp.Cli.Probing;

/// <summary>The command line <c>probe</c>: whether a server answers, how fast, and how reliably.</summary>
/// <param name="calls">The options that say whom to call.</param>
/// <param name="colours">The option that says whether there is colour.</param>
/// <param name="surroundings">The program's surroundings.</param>
internal sealed class ProbeCommand(CallOptions calls, Colours colours, Surroundings surroundings)
{
    private static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(1);

    private readonly ValueOption count = new("--count", "-c")
    {
        Description = "How many times each address is probed; until Ctrl-C unless given.",
        HelpName = "N",
    };

    private readonly ValueOption interval = new("--interval", "-i")
    {
        Description = "From one probe to the next; 1 unless given.",
        HelpName = "SECONDS",
    };

    private readonly ValueOption deadline = new("--deadline", "-w")
    {
        Description = "Stop after so long; never unless given.",
        HelpName = "SECONDS",
    };

    private readonly Flag timestamps = new("--timestamps", "-D")
    {
        Description = "Begin each line with the local time; JSON and CSV always have it.",
    };

    private readonly Flag json = new("--json")
    {
        Description = "Print JSON instead, a line a probe, in the form of docs/schemas/probe.schema.json.",
    };

    private readonly Flag csv = new("--csv")
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
            count,
            interval,
            deadline,
            timestamps,
            json,
            csv,
        };
        calls.AddTo(command);
        colours.AddTo(command);
        command.SetAction(
            (parsed, cancellationToken) =>
                Read(parsed)
                    .Match(
                        Left: complaint => Task.FromResult(complaint.Tell(surroundings.Error)),
                        Right: prober => prober.RunAsync(cancellationToken)
                    )
        );
        program.Subcommands.Add(command);
    }

    private Either<Complaint, Prober> Read(ParseResult parsed) =>
        calls.Read(parsed).Bind(call => ReadPlan(parsed).Bind(plan => Read(parsed, call, plan)));

    private Either<Complaint, Prober> Read(ParseResult parsed, Call call, Plan plan) =>
        ReadReport(parsed, call.Target).Map(report => new Prober(call, plan, report, surroundings));

    // Not as a query: of three clauses it makes types that the native compiler does not foresee.
    private Either<Complaint, Plan> ReadPlan(ParseResult parsed) =>
        Given(parsed, count, static written => Numbers.Whole("count", written))
            .Bind(rounds =>
                Given(parsed, interval, static written => Numbers.Seconds("interval", written))
                    .Bind(every =>
                        Given(parsed, deadline, static written => Numbers.Seconds("deadline", written))
                            .Map(until => new Plan(rounds, every.IfNone(UsualInterval), until))
                    )
            );

    private Either<Complaint, IReport> ReadReport(ParseResult parsed, Target target) =>
        (parsed.GetValue(json), parsed.GetValue(csv)) switch
        {
            (true, true) => Complaint.Usage("There can be one form of output: give --json or --csv."),
            (true, false) => new JsonReport(target, surroundings),
            (false, true) => new CsvReport(surroundings),
            _ => new PeopleReport(
                target,
                parsed.GetValue(timestamps),
                colours.Read(parsed, surroundings),
                surroundings
            ),
        };

    private static Either<Complaint, LanguageExt.Option<T>> Given<T>(
        ParseResult parsed,
        ValueOption option,
        Func<string, Either<Complaint, T>> read
    ) =>
        Prelude
            .Optional(parsed.GetValue(option))
            .Match(
                Some: written => read(written).Map(static value => (LanguageExt.Option<T>)value),
                None: static () => LanguageExt.Option<T>.None
            );
}
