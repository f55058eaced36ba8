using TinyTcp.Cli.Terminals;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Transcripts;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.IO;

/// <summary>Prints lines of a conversation.</summary>
internal static class WireOutput
{
    /// <summary>The first line of a transcript; a comment if the grammar of transcripts does not allow the target.</summary>
    internal static string ConnectLine(ServerEndPoint target) =>
        TranscriptPeer
            .From(target.ToString())
            .Match(
                Some: static peer => new TranscriptLine.Connect(peer).ToString(),
                None: () => $"# CONNECT to {Sanitizer.Sanitize(target)}"
            );

    /// <summary>Prints a line from the server, as received or with control characters escaped (N-2).</summary>
    internal static void Write(ReadOnlySpan<byte> line, bool isEscaped, CliEnvironment environment)
    {
        if (isEscaped)
        {
            environment.Output.WriteLine(Escape.ToPrintable(line));
        }
        else
        {
            environment.StandardOutput.Write([.. line, Grammar.Lf]);
            environment.StandardOutput.Flush();
        }
    }
}
