using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Shell;

/// <summary>Sentences of ours between the server's lines, marked as such.</summary>
internal static class CommentLines
{
    /// <summary>How such a line begins; it is how a transcript marks what nobody said.</summary>
    internal const string Prefix = "# ";

    private const string Indent = "  ";

    /// <summary>The lines of a printable text; the last column stays free.</summary>
    internal static IEnumerable<string> Wrap(string text, int width) =>
        WordWrap.Wrap(Prefix, Indent, text, Math.Max(Prefix.Length + 2, width - 1));
}
