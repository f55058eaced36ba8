using System.Text.RegularExpressions;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Docs;

/// <summary>
/// A part of a document that the code prints: the text between <c>&lt;!-- name:begin --&gt;</c> and
/// <c>&lt;!-- name:end --&gt;</c>.
/// </summary>
/// <param name="Path">The document's path from the root.</param>
/// <param name="Name">The region's name.</param>
/// <param name="Print">Returns the expected text; it ends with LF.</param>
public sealed partial record PrintedRegion(string Path, string Name, Func<string> Print)
{
    internal static IEnumerable<string> NamesIn(string path) =>
        BeginMark().Matches(Repository.Read(path)).Select(static mark => mark.Groups["name"].Value);

    internal string Current => Repository.Read(Path)[Bounds(Repository.Read(Path))];

    internal void Write()
    {
        var text = Repository.Read(Path);
        var bounds = Bounds(text);
        File.WriteAllText(Repository.PathOf(Path), text[..bounds.Start] + Print() + text[bounds.End..]);
    }

    public override string ToString() => $"{Path}: {Name}";

    private Range Bounds(string text)
    {
        var begin = $"<!-- {Name}:begin -->\n";
        var start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var end = text.IndexOf($"<!-- {Name}:end -->", StringComparison.Ordinal);
        return start < begin.Length || end < start
            ? throw new InvalidDataException($"{Path} has no region {Name}")
            : start..end;
    }

    [GeneratedRegex(
        "^<!-- (?<name>[a-z-]+):begin -->$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex BeginMark();
}
