using Xunit;

namespace TinyTcp.Tests.Docs;

/// <summary>A link in a document leads somewhere.</summary>
public class LinkTests
{
    public static TheoryData<string> Documents => [.. Markdown.Documents];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_link_to_a_file_leads_to_one(string path)
    {
        var lost = Markdown
            .Links(path)
            .Where(static target => !target.Contains("://", StringComparison.Ordinal))
            .Where(static target => !target.StartsWith('#'))
            .Where(target => !Leads(path, target.Split('#')[0]))
            .ToArray();

        Assert.Empty(lost);
    }

    private static bool Leads(string from, string target) =>
        Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(from) ?? "", target));
}
