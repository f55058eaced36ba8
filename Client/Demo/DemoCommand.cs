using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Demo;

/// <summary>The command line of the tour: <c>tinytcp HOST PORT</c>.</summary>
/// <param name="connectionOptions">The options that say whom to call.</param>
/// <param name="environment">Where the transcript goes.</param>
internal sealed class DemoCommand(ConnectionOptions connectionOptions, CliEnvironment environment)
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
        ReadDemo(parsed)
            .Match(
                Left: complaint => Task.FromResult(complaint.WriteTo(environment.Error)),
                Right: async tour => (await tour.RunAsync(cancellationToken)).ToExitCode(environment.Error)
            );

    /// <summary>Judges the words, from left to right.</summary>
    private Either<CliError, DemoRunner> ReadDemo(ParseResult parsed) =>
        from target in ReadTarget(parsed)
        from call in connectionOptions.Read(parsed, target)
        select new DemoRunner(call, environment.Output);

    private Either<CliError, ServerEndPoint> ReadTarget(ParseResult parsed) =>
        Prelude
            .Optional(parsed.GetValue(host))
            .Match(
                Some: name =>
                    parsed.GetResult(connectionOptions.TargetOption) is null
                        ? ReadTarget(name, Prelude.Optional(parsed.GetValue(port)))
                        : CliError.Usage("There are two targets: give a host and a port, or an option."),
                None: () =>
                    connectionOptions
                        .FromOption(parsed)
                        .IfNone(CliError.Usage("The host is missing: give a host and a port, or a command."))
            );

    private static Either<CliError, ServerEndPoint> ReadTarget(
        string host,
        LanguageExt.Option<string> port
    ) =>
        from number in port.ToEither(
            CliError.Usage(
                $"Behind {Quote.Of(host)} the port is missing: give a command, or a host and a port as two words."
            )
        )
        from server in HostPort.From(host, number).MapLeft(CliError.From)
        select (ServerEndPoint)new ServerEndPoint.Tcp(server);
}
