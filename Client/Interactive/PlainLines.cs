using LanguageExt;
using TinyTcp.Cli.Asking;

namespace TinyTcp.Cli.Interactive;

/// <summary>What the shell asks where nobody types: the lines of its input that want a reply, up to QUIT.</summary>
internal static class PlainLines
{
    internal static IEnumerable<Either<Complaint, string>> Of(
        Stream input,
        CancellationToken cancellationToken = default
    )
    {
        foreach (var line in InputLines.Requests(input, cancellationToken))
        {
            yield return line;
            if (line.Exists(Dialogue.IsQuit))
            {
                break;
            }
        }
    }
}
