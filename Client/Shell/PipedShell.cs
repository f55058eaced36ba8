using System.Text;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Cli.Requests;
using TinyTcp.Cli.Terminals;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Shell;

/// <summary>The shell without line editing: sends each line of standard input and prints the reply.</summary>
internal sealed class PipedShell(
    ConnectionSettings settings,
    ShellOptions options,
    CliEnvironment environment
)
{
    /// <returns>The exit code.</returns>
    internal Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var isEscaped = !options.IsRaw && environment.Terminal().HasOutput;
        return new RequestRunner(
            settings,
            OutputFormat.Line,
            isEscaped,
            environment,
            cancellationToken
        ).RunAsync(ReadRequests(cancellationToken));
    }

    /// <summary>The lines up to QUIT or exit, with a prompt before each on a dumb terminal.</summary>
    private IEnumerable<Either<CliError, ByteString>> ReadRequests(CancellationToken cancellationToken)
    {
        var isTerminal = environment.Terminal() is { HasInput: true, HasOutput: true };
        var prompt = isTerminal ? $"{Sanitizer.Sanitize(settings.Target)}> " : "";
        environment.Output.Write(prompt);
        foreach (var line in InputLines.ReadRequests(environment.StandardInput, cancellationToken))
        {
            var request = line.Map(ShellState.RequestOf);
            yield return request.Map(static text => ByteString.From(Encoding.UTF8.GetBytes(text)));
            if (request.Exists(ShellState.IsQuit))
            {
                yield break;
            }

            environment.Output.Write(prompt);
        }

        environment.Output.Write(isTerminal ? "\n" : "");
    }
}
