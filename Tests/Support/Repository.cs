using System.Collections.Immutable;

namespace TinyTcp.Tests.Support;

/// <summary>The project's files in the working tree.</summary>
internal static class Repository
{
    private static readonly ImmutableArray<string> ExcludedFolders =
    [
        "bin",
        "obj",
        "TestResults",
        "node_modules",
    ];

    internal static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    internal static string PathOf(string relative) => Path.Combine(Root, relative);

    internal static string Read(string relative) =>
        File.ReadAllText(PathOf(relative)).ReplaceLineEndings("\n");

    /// <summary>The files that match a pattern, as paths from the root, such as <c>Core/README.md</c>.</summary>
    internal static ImmutableArray<string> Files(string pattern, params ReadOnlySpan<string> folders)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            found.UnionWith(
                Directory
                    .EnumerateFiles(PathOf(folder), pattern, SearchOption.AllDirectories)
                    .Select(static path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
                    .Where(IsIncluded)
            );
        }

        return [.. found];
    }

    private static bool IsIncluded(string path) =>
        path.Split('/')
            .All(static part =>
                !part.StartsWith('.') && !ExcludedFolders.Contains(part, StringComparer.OrdinalIgnoreCase)
            );

    private static string FindRoot(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "TinyTcp.sln"))
            ? folder.FullName
            : FindRoot(
                folder.Parent
                    ?? throw new DirectoryNotFoundException(
                        "No parent folder of the tests has a TinyTcp.sln."
                    )
            );
}
