using System.Collections.Immutable;
using System.Text.RegularExpressions;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Docs;

/// <summary>A fenced code block of a document.</summary>
/// <param name="Path">The document's path from the root.</param>
/// <param name="Line">The line number of the block's first content line.</param>
/// <param name="Kind">The first word after the three backquotes, such as <c>transcript</c>.</param>
/// <param name="Content">The text between the fences.</param>
internal sealed record CodeBlock(string Path, int Line, string Kind, string Content);

/// <summary>Reads code blocks and links from Markdown.</summary>
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
                fence.Groups["info"].Value.Split(' ')[0],
                fence.Groups["content"].Value
            ));
    }

    internal static IEnumerable<CodeBlock> Blocks(string path, string kind) =>
        Blocks(path).Where(block => string.Equals(block.Kind, kind, StringComparison.Ordinal));

    /// <summary>The targets of a document's links, without those in code blocks.</summary>
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
