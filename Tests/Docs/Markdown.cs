using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace TinyTcp.Tests.Docs;

/// <summary>A block of code in a document: what its first line says it is, and what stands in it.</summary>
/// <param name="Path">The document's path from the root.</param>
/// <param name="Line">The number of the block's first line within the document.</param>
/// <param name="Info">What follows the three backquotes, such as <c>transcript max-line=64</c>.</param>
/// <param name="Content">The lines of the block.</param>
internal sealed record CodeBlock(string Path, int Line, string Info, string Content)
{
    internal string Kind => Info.Split(' ')[0];
}

/// <summary>Reads the few things of Markdown that the tests look at.</summary>
internal static partial class Markdown
{
    internal static ImmutableArray<string> Documents => Repository.Files("*.md", ".");

    internal static IEnumerable<CodeBlock> Blocks(string path)
    {
        var text = Repository.Read(path);
        return Fence()
            .Matches(text)
            .Select(fence => new CodeBlock(
                path,
                text.AsSpan(0, fence.Groups["content"].Index).Count('\n') + 1,
                fence.Groups["info"].Value,
                fence.Groups["content"].Value
            ));
    }

    internal static IEnumerable<CodeBlock> Blocks(string path, string kind) =>
        Blocks(path).Where(block => string.Equals(block.Kind, kind, StringComparison.Ordinal));

    /// <summary>The targets of a document's links, code left out.</summary>
    internal static IEnumerable<string> Links(string path) =>
        Link()
            .Matches(Fence().Replace(Repository.Read(path), ""))
            .Select(static link => link.Groups["target"].Value);

    [GeneratedRegex(
        @"^```(?<info>[^\n`]+)\n(?<content>(?:(?!```).*\n)*)```$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Link();
}
