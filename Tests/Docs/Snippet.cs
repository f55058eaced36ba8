using System.Collections.Immutable;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Docs;

/// <summary>A part of a source file, between <c>// name:begin</c> and <c>// name:end</c>, for documents.</summary>
internal static class Snippet
{
    internal static string Of(string path, string name) =>
        $"```csharp\n{string.Join('\n', Lines(path, name)).TrimEnd()}\n```\n";

    /// <summary>The lines, without their common indentation.</summary>
    internal static ImmutableArray<string> Lines(string path, string name)
    {
        var lines = Repository
            .Read(path)
            .Split('\n')
            .SkipWhile(line => !IsMark(line, $"{name}:begin"))
            .Skip(1)
            .TakeWhile(line => !IsMark(line, $"{name}:end"))
            .ToArray();
        var indent = lines
            .Where(static line => line.Length > 0)
            .Select(static line => line.Length - line.TrimStart().Length)
            .DefaultIfEmpty(0)
            .Min();
        return [.. lines.Select(line => line.Length < indent ? line : line[indent..])];
    }

    private static bool IsMark(string line, string mark) =>
        string.Equals(line.Trim(), $"// {mark}", StringComparison.Ordinal);
}
