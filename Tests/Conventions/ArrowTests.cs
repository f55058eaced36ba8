using Xunit;

namespace TinyTcp.Tests.Conventions;

/// <summary>Folders depend on each other one way; in Core files too. CONTRIBUTING.md shows the arrows.</summary>
public class ArrowTests
{
    public static TheoryData<string> Projects =>
        [.. SourceProject.Ordered.Select(static project => project.Folder)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_of_a_project_have_no_cycle(string project) =>
        Findings.AssertNone(OfFolders(new(project)).OnCycles());

    [Fact]
    public void Files_of_Core_have_no_cycle() =>
        Findings.AssertNone(Arrows.Within(new("Core"), static path => path).OnCycles());

    /// <summary>The folders of each project as a picture; a folder is shown by its path from the project's folder.</summary>
    internal static string Print() =>
        string.Join(
            "\n",
            from project in SourceProject.Ordered
            let rows = OfFolders(project).Rows().ToList()
            where rows.Count > 0
            select $"**{project.Folder}**\n\n```mermaid\nflowchart LR\n"
                + string.Concat(
                    rows.Select(static row => $"    {row.From} --> {string.Join(" & ", row.To)}\n")
                )
                + "```\n"
        );

    private static Arrows OfFolders(SourceProject project) =>
        Arrows.Within(
            project,
            path => project.Subfolder(path) is { Length: > 0 } folder ? folder : project.RootNamespace
        );
}
