using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.Requests;

namespace TinyTcp.Cli.Shell;

/// <summary>What the shell asks where nobody types: the lines of its input that want a reply, up to QUIT.</summary>
internal static class PipedInput
{
    internal static IEnumerable<Either<CliError, string>> ReadRequests(
        Stream input,
        CancellationToken cancellationToken = default
    )
    {
        foreach (var line in InputLines.ReadRequests(input, cancellationToken))
        {
            yield return line;
            if (line.Exists(ShellState.IsQuit))
            {
                break;
            }
        }
    }
}
