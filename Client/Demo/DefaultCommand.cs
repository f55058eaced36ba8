using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;

namespace TinyTcp.Cli.Demo;

/// <summary>The command line <c>tinytcp TARGET</c>, without a command.</summary>
/// <param name="connectionOptions">The options of the connection.</param>
/// <param name="jsonOption">The option <c>--json</c>, which it does not have.</param>
/// <param name="environment">Where to print.</param>
internal sealed class DefaultCommand(
    ConnectionOptions connectionOptions,
    SwitchOption jsonOption,
    CliEnvironment environment
)
{
    /// <summary>Makes it what the program does without a command.</summary>
    internal void AddTo(Command program) => program.SetAction(RunAsync);

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
        parsed.GetValue(jsonOption) ? CliError.Usage("--json needs a command. Give one, such as time.")
        : connectionOptions.HasTarget(parsed) ? connectionOptions.Read(parsed)
        : CliError.Usage($"The command is missing. Give a command, or a server: {TargetArgument.Forms}.");
}
