using System.Collections.Immutable;
using System.Xml.Linq;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Conventions;

/// <summary>A project and its files, which are those below its folder but not in another project's folder.</summary>
/// <param name="Folder">Its folder from the root, such as <c>Shell/Server</c>.</param>
internal sealed record SourceProject(string Folder)
{
    /// <summary>Every project of the repository, but for the samples.</summary>
    internal static ImmutableArray<SourceProject> All { get; } =
    [
        .. Repository
            .Files("*.csproj", ".")
            .Where(static path => !path.StartsWith("samples/", StringComparison.Ordinal))
            .Select(static path => new SourceProject(FolderOf(path))),
    ];

    /// <summary>The projects whose folders, names and unions the tests of conventions check.</summary>
    internal static ImmutableArray<SourceProject> Ordered { get; } =
    [
        .. new[]
        {
            "Core",
            "Systems",
            "Shell/Server",
            "Shell",
            "Hosts/Stdio",
            "Client/Library",
            "Client",
            "Bench",
            "Tests",
        }.Select(static folder => new SourceProject(folder)),
    ];

    internal string RootNamespace => Property("RootNamespace");

    internal string AssemblyName => Property("AssemblyName");

    /// <summary>The paths of its files from the root.</summary>
    internal IEnumerable<string> Files =>
        Repository.Files("*.cs", Folder).Where(path => OwnerOf(path).Equals(this));

    /// <summary>The path from its folder to the folder of one of its files; empty if they are the same.</summary>
    internal string Subfolder(string path) =>
        string.Equals(FolderOf(path), Folder, StringComparison.Ordinal)
            ? ""
            : FolderOf(path)[(Folder.Length + 1)..];

    /// <summary>The project with the innermost folder that contains a file.</summary>
    internal static SourceProject OwnerOf(string path) =>
        All.Where(project => path.StartsWith($"{project.Folder}/", StringComparison.Ordinal))
            .MaxBy(static project => project.Folder.Length)
        ?? throw new InvalidDataException($"{path} belongs to no project");

    private static string FolderOf(string path) => path[..path.LastIndexOf('/')];

    private string Property(string name) =>
        Repository
            .Files("*.csproj", Folder)
            .Where(path => string.Equals(FolderOf(path), Folder, StringComparison.Ordinal))
            .Select(path => XDocument.Parse(Repository.Read(path)).Descendants(name).Single().Value)
            .Single();
}
