using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Docs;

/// <summary>Relative links in documents resolve.</summary>
public class LinkTests
{
    public static TheoryData<string> Documents => [.. Markdown.Documents];

    [Theory]
    [MemberData(nameof(Documents))]
    public void The_target_of_a_relative_link_exists(string path)
    {
        var broken = Markdown
            .Links(path)
            .Where(static target => !target.Contains("://", StringComparison.Ordinal))
            .Where(static target => !target.StartsWith('#'))
            .Where(target => !Exists(path, target.Split('#')[0]))
            .ToArray();

        Assert.Empty(broken);
    }

    private static bool Exists(string from, string target) =>
        Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(from) ?? "", target));
}
