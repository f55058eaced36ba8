using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TinyTcp.Tests.Docs;
using Xunit;

namespace TinyTcp.Tests.Conventions;

/// <summary>The functions that Shell/README.md lists as a request's path exist.</summary>
public partial class WalkTests
{
    private static readonly string[] Folders = ["Core", "Systems", "Shell"];

    public static TheoryData<string, string, string> Hops
    {
        get
        {
            var hops = new TheoryData<string, string, string>();
            foreach (Match hop in Hop().Matches(Repository.Read("Shell/README.md")))
            {
                hops.Add(hop.Groups["file"].Value, hop.Groups["type"].Value, hop.Groups["function"].Value);
            }

            return hops;
        }
    }

    [Theory]
    [MemberData(nameof(Hops))]
    public void A_hop_of_the_walk_is_a_function_of_its_file(string file, string type, string function)
    {
        var path = Assert.Single(
            Folders.SelectMany(static folder => Repository.Files("*.cs", folder)),
            path => string.Equals(Path.GetFileName(path), file, StringComparison.Ordinal)
        );
        Assert.Contains(
            SourceCode.Parse(path).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>(),
            method =>
                method.Identifier.Text == function
                && method.Parent is TypeDeclarationSyntax declared
                && declared.Identifier.Text == type
        );
    }

    [Fact]
    public void The_walk_has_at_most_thirty_hops() => Assert.InRange(Hops.Count, 1, 30);

    [GeneratedRegex(
        @"^[0-9]+\. `(?<file>[A-Za-z.]+\.cs): (?<type>[A-Za-z]+)\.(?<function>[A-Za-z]+)`$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Hop();
}
