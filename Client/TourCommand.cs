using System.CommandLine;
using LanguageExt;
using TinyTcp.Client;

namespace TinyTcp.Cli;

/// <summary>The command line of the tour: <c>tinytcp HOST PORT</c>.</summary>
/// <param name="calls">The options that say whom to call.</param>
/// <param name="surroundings">Where the transcript goes.</param>
internal sealed class TourCommand(CallOptions calls, Surroundings surroundings)
{
    private readonly Argument<string> host = new("host")
    {
        Description = "The server's name or IP address.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Argument<string> port = new("port")
    {
        Description = "The server's port, 1 to 65535.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>Puts the tour on a command.</summary>
    internal void AddTo(Command command)
    {
        command.Arguments.Add(host);
        command.Arguments.Add(port);
        command.SetAction(RunAsync);
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        Plan(parsed)
            .Match(
                Left: complaint => Task.FromResult(complaint.Tell(surroundings.Error)),
                Right: async tour => (await tour.RunAsync(cancellationToken)).Told(surroundings.Error)
            );

    /// <summary>Judges the words, from left to right.</summary>
    private Either<Complaint, Tour> Plan(ParseResult parsed) =>
        from target in Server(parsed)
        from call in calls.Read(parsed, target)
        select new Tour(call, surroundings.Output);

    private Either<Complaint, Target> Server(ParseResult parsed) =>
        Prelude
            .Optional(parsed.GetValue(host))
            .Match(
                Some: name =>
                    parsed.GetResult(calls.Target) is null
                        ? Server(name, Prelude.Optional(parsed.GetValue(port)))
                        : Complaint.Usage("There are two targets: give a host and a port, or an option."),
                None: () =>
                    calls
                        .Given(parsed)
                        .IfNone(Complaint.Usage("The host is missing: give a host and a port, or a command."))
            );

    private static Either<Complaint, Target> Server(string host, LanguageExt.Option<string> port) =>
        from number in port.ToEither(
            Complaint.Usage(
                $"Behind {Quote.Of(host)} the port is missing: give a command, or a host and a port as two words."
            )
        )
        from server in ServerAddress.From(host, number).MapLeft(Complaint.Of)
        select (Target)new Target.Tcp(server);
}
