using System.CommandLine;
using System.Net;
using LanguageExt;
using Microsoft.Extensions.Logging.Abstractions;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Cli.Shell;
using TinyTcp.Client.Primitives;
using TinyTcp.Server;

namespace TinyTcp.Cli.Demo;

/// <summary>The command <c>demo</c>: a server in this process, both conversations with it, and on a terminal the shell.</summary>
/// <param name="connectionOptions">The options of the connection; the target is the command's own server.</param>
/// <param name="colorOption">The option <c>--color</c>.</param>
/// <param name="shell">The command <c>shell</c>.</param>
/// <param name="environment">The terminal and the clock.</param>
internal sealed class DemoCommand(
    ConnectionOptions connectionOptions,
    ColorOption colorOption,
    ShellCommand shell,
    CliEnvironment environment
)
{
    internal void AddTo(Command program)
    {
        var command = new Command(
            "demo",
            "Start a server in this process and try it.\nThe server has a free port of 127.0.0.1. The original client's two conversations with it are printed; on a terminal the shell follows."
        );
        command.SetAction(RunAsync);
        program.Subcommands.Add(command);
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        StartServer().RunAsync(server => RunWithAsync(server, parsed, cancellationToken), environment);

    private Either<CliError, TinyServer> StartServer() =>
        TinyServer
            .Start(
                new ServerOptions { EndPoint = new IPEndPoint(IPAddress.Loopback, 0), Threads = 1 },
                environment.Time,
                NullLogger.Instance
            )
            .MapLeft(static error => new CliError(ExitCodes.ConnectFailed, error.ToString()));

    private async Task<int> RunWithAsync(
        TinyServer server,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        await using var _ = server;
        // An address and a port always are a target.
        var target = (ServerEndPoint)ServerEndPoint.From(server.EndPoint.ToString());
        var settings = connectionOptions.ReadFor(target, parsed);
        PrintComment($"The server {target} is part of this process, and ends with it.");
        var conversed = await new DemoRunner(settings, environment.Output).RunAsync(cancellationToken);
        if (conversed.IsLeft || environment.Terminal() is not { HasInput: true, HasOutput: true })
        {
            return conversed.ToExitCode(environment);
        }

        var options = new ShellOptions(
            colorOption.Read(parsed, environment),
            IsRaw: false,
            SavesHistory: false,
            ShowsLatencies: false
        );
        return await shell.RunAsync(settings, options, cancellationToken);
    }

    private void PrintComment(string text)
    {
        foreach (var line in CommentLines.Wrap(text, environment.Terminal().Width))
        {
            environment.Output.WriteLine(line);
        }
    }
}
