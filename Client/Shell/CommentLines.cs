using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Shell;

/// <summary>Messages of the client between the server's lines, marked as in a transcript.</summary>
internal static class CommentLines
{
    internal const string Prefix = "# ";

    private const string Indent = "  ";

    /// <summary>Wraps a printable text; the last column stays free.</summary>
    internal static IEnumerable<string> Wrap(string text, int width) =>
        WordWrap.Wrap(Prefix, Indent, text, Math.Max(Prefix.Length + 2, width - 1));
}
