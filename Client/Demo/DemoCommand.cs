using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Demo;

/// <summary>The command line <c>tinytcp HOST PORT</c>.</summary>
/// <param name="connectionOptions">The options of the connection.</param>
/// <param name="environment">Where to print.</param>
internal sealed class DemoCommand(ConnectionOptions connectionOptions, CliEnvironment environment)
{
    // Hidden, because help would show them before every command; the program's description names them.
    private readonly Argument<string> hostArgument = new("host")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Hidden = true,
    };

    private readonly Argument<string> portArgument = new("port")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Hidden = true,
    };

    /// <summary>Adds the demo to the program.</summary>
    internal void AddTo(Command program)
    {
        program.Arguments.Add(hostArgument);
        program.Arguments.Add(portArgument);
        program.SetAction(RunAsync);
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        ReadSettings(parsed)
            .RunAsync(
                async settings =>
                    (
                        await new DemoRunner(settings, environment.Output).RunAsync(cancellationToken)
                    ).ToExitCode(environment),
                environment
            );

    private Either<CliError, ConnectionSettings> ReadSettings(ParseResult parsed) =>
        (parsed.GetValue(hostArgument), parsed.GetValue(portArgument)) switch
        {
            (null, _) when connectionOptions.HasTarget(parsed) => connectionOptions.Read(parsed),
            (null, _) => CliError.Usage("The host is missing. Give a host and a port, or a command."),
            (var host, _) when connectionOptions.HasTarget(parsed) => CliError.Usage(
                $"Both {Quote.Of(host)} and --target name a server. Remove one of them."
            ),
            (var host, null) => CliError.Usage(
                $"Unknown command {Quote.Of(host)}. Give a command, or a host and a port as two words."
            ),
            var (host, port) => HostPort
                .From(host, port)
                .MapLeft(CliError.From)
                .Map(address => connectionOptions.Read(parsed, new ServerEndPoint.Tcp(address))),
        };
}
