using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Benching.Reporting;
using TinyTcp.Client;

namespace TinyTcp.Cli.Benching;

/// <summary>The command line <c>bench</c>: load on a server, and what it bears.</summary>
/// <param name="calls">The options that say whom to call.</param>
/// <param name="colours">When to colour.</param>
/// <param name="surroundings">The program's surroundings.</param>
internal sealed class BenchCommand(CallOptions calls, Colours colours, Surroundings surroundings)
{
    private readonly LoadOptions loads = new();
    private readonly ReportOptions reports = new(colours, surroundings);

    private readonly ValueOption noise = LoadOptions.Value(
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
        loads.AddTo(command);
        command.Options.Add(noise);
        reports.AddTo(command);
        calls.AddTo(command);
        colours.AddTo(command);
        command.SetAction(RunAsync);
        program.Subcommands.Add(command);
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        (
            from call in calls.Read(parsed).Bind(WithoutTls)
            from load in loads.Read(parsed)
            from bencher in Prepare(parsed, call, load)
            select bencher
        ).Match(
            Left: complaint => Task.FromResult(complaint.Tell(surroundings.Error)),
            Right: bencher => bencher.RunAsync(cancellationToken)
        );

    private Either<Complaint, Bencher> Prepare(ParseResult parsed, Call call, Load load) =>
        Quiet(parsed)
            .Match(
                Left: static complaint => complaint,
                Right: quiet =>
                    reports
                        .Read(parsed)
                        .Map(reporter => new Bencher(call, load, quiet, reporter, surroundings))
            );

    private Either<Complaint, TimeSpan> Quiet(ParseResult parsed) =>
        Numbers.SecondsOrNone("time for noise", parsed.GetValue(noise) ?? "0.5");

    private static Either<Complaint, Call> WithoutTls(Call call) =>
        call.Target.Match<Either<Complaint, Call>>(
            tcp: _ => call,
            tls: tls =>
                Complaint.Usage(
                    $"The target is {Quote.Of($"{tls}")}, and bench does not speak TLS: it would measure the client's. Give HOST:PORT."
                ),
            unix: _ => call
        );
}
