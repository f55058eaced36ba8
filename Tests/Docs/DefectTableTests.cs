using System.Text.RegularExpressions;
using TinyTcp.Tests.Conventions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Docs;

/// <summary>The tables of defects in Tests/README.md name tests that exist.</summary>
public partial class DefectTableTests
{
    [Fact]
    public void Every_test_in_the_tables_of_defects_exists()
    {
        var sources = string.Concat(Repository.Files("*.cs", "Tests").Select(Repository.Read));
        var names = Repository
            .Read("Tests/README.md")
            .Split('\n')
            .Where(static line => line.StartsWith("| ", StringComparison.Ordinal))
            .SelectMany(static line => TestName().Matches(line.Split('|')[1]))
            .Select(static name => name.Value)
            .ToList();
        Assert.NotEmpty(names);
        Findings.AssertNone(names.Where(name => !sources.Contains(name, StringComparison.Ordinal)));
    }

    [GeneratedRegex("[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+){2,}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex TestName();
}
