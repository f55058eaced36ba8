using Xunit;

namespace TinyTcp.Tests.Conventions;

/// <summary>
/// Dependencies between folders, and between files of Core, have no cycles. CONTRIBUTING.md shows those of folders.
/// </summary>
public class DependencyTests
{
    public static TheoryData<string> Projects =>
        [.. SourceProject.Ordered.Select(static project => project.Folder)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_of_a_project_have_no_cycle(string project) =>
        Findings.AssertNone(OfFolders(new(project)).EdgesOnCycles());

    [Fact]
    public void Files_of_Core_have_no_cycle() =>
        Findings.AssertNone(DependencyGraph.Within(new("Core"), static path => path).EdgesOnCycles());

    /// <summary>A Mermaid diagram per project; its nodes are folders, as paths from the project's folder.</summary>
    internal static string Print() =>
        string.Join(
            "\n",
            from project in SourceProject.Ordered
            let nodes = OfFolders(project).Nodes().ToList()
            where nodes.Count > 0
            select $"**{project.Folder}**\n\n```mermaid\nflowchart LR\n"
                + string.Concat(
                    nodes.Select(static node => $"    {node.From} --> {string.Join(" & ", node.To)}\n")
                )
                + "```\n"
        );

    private static DependencyGraph OfFolders(SourceProject project) =>
        DependencyGraph.Within(
            project,
            path => project.Subfolder(path) is { Length: > 0 } folder ? folder : project.RootNamespace
        );
}
