using TinyTcp.Cli.Display;

namespace TinyTcp.Cli.Interactive;

/// <summary>Sentences of ours between the server's lines, marked as such.</summary>
internal static class Prose
{
    /// <summary>How such a line begins; it is how a transcript marks what nobody said.</summary>
    internal const string Mark = "# ";

    private const string Indent = "  ";

    /// <summary>The lines of a printable text; the last column stays free.</summary>
    internal static IEnumerable<string> Lines(string text, int width) =>
        Breaking.Lines(Mark, Indent, text, Math.Max(Mark.Length + 2, width - 1));
}
