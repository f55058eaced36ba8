using TinyTcp.Cli.Display;
using TinyTcp.Client;
using TinyTcp.Core.Transcripts;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli;

/// <summary>What goes over a connection, as people see it.</summary>
internal static class WireOutput
{
    /// <summary>The option that has bytes printed as they came, also to a terminal.</summary>
    internal static Flag RawOption() =>
        new("--raw") { Description = "Print what the server says as it came, also to a terminal." };

    /// <summary>The line with which a transcript begins; a comment where its form has no room for the target.</summary>
    internal static string Connect(Target target) =>
        TranscriptPeer
            .From(target.ToString())
            .Match(
                Some: static peer => new TranscriptLine.Connect(peer).ToString(),
                None: () => $"# CONNECT to {Printable.Of(target)}"
            );

    /// <summary>Prints a line of the server's: as it came, or, for a terminal, so that it cannot do anything there (N-2).</summary>
    internal static void Write(ReadOnlySpan<byte> line, bool printable, Surroundings surroundings)
    {
        if (printable)
        {
            surroundings.Output.WriteLine(Escape.ToPrintable(line));
        }
        else
        {
            surroundings.Bytes.Write([.. line, Grammar.Lf]);
            surroundings.Bytes.Flush();
        }
    }
}
