using LanguageExt;
using TinyTcp.Cli.Asking;
using TinyTcp.Core;

namespace TinyTcp.Cli.Interactive;

/// <summary>What the shell asks where nobody types: the lines of its input that want a reply, up to QUIT.</summary>
internal static class PlainLines
{
    internal static async IAsyncEnumerable<Either<Complaint, string>> Of(Stream input)
    {
        await foreach (var line in InputLines.Of(input))
        {
            if (line.Exists(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            yield return line;
            if (line.Exists(IsQuit))
            {
                break;
            }
        }
    }

    private static bool IsQuit(string line) =>
        Protocol.Parse(line).Exists(static command => command == Command.Quit);
}
