using TinyTcp.Cli.Terminals;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Transcripts;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.IO;

/// <summary>What goes over a connection, as people see it.</summary>
internal static class WireOutput
{
    /// <summary>The line with which a transcript begins; a comment where its form has no room for the target.</summary>
    internal static string ConnectLine(ServerEndPoint target) =>
        TranscriptPeer
            .From(target.ToString())
            .Match(
                Some: static peer => new TranscriptLine.Connect(peer).ToString(),
                None: () => $"# CONNECT to {Sanitizer.Sanitize(target)}"
            );

    /// <summary>Prints a line of the server's: as it came, or, for a terminal, so that it cannot do anything there (N-2).</summary>
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
