using System.Runtime.CompilerServices;
using LanguageExt;
using TinyTcp.Cli.Asking;
using TinyTcp.Core;

namespace TinyTcp.Cli.Interactive;

/// <summary>What the shell asks where nobody types: the lines of its input that want a reply, up to QUIT.</summary>
internal static class PlainLines
{
    internal static async IAsyncEnumerable<Either<Complaint, string>> Of(
        Stream input,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        await foreach (var line in InputLines.Of(input, cancellationToken))
        {
            if (line.Exists(Grammar.IsBlank))
            {
                continue;
            }

            yield return line;
            if (line.Exists(Dialogue.IsQuit))
            {
                break;
            }
        }
    }
}
