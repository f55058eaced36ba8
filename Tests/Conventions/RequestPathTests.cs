using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Conventions;

/// <summary>Shell/README.md lists the functions on a request's path; each exists in its file.</summary>
public partial class RequestPathTests
{
    private static readonly string[] Folders = ["Core", "Systems", "Shell"];

    public static TheoryData<string, string, string> Functions
    {
        get
        {
            var functions = new TheoryData<string, string, string>();
            foreach (Match row in Row().Matches(Repository.Read("Shell/README.md")))
            {
                functions.Add(
                    row.Groups["file"].Value,
                    row.Groups["type"].Value,
                    row.Groups["function"].Value
                );
            }

            return functions;
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_listed_function_exists_in_its_file(string file, string type, string function)
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
    public void The_path_has_at_most_30_functions() => Assert.InRange(Functions.Count, 1, 30);

    [GeneratedRegex(
        @"^[0-9]+\. `(?<file>[A-Za-z.]+\.cs): (?<type>[A-Za-z]+)\.(?<function>[A-Za-z]+)`$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Row();
}
