using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TinyTcp.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace TinyTcp.Tests.Conventions;

/// <summary>Upper bounds for the lengths of files and functions. A run prints the actual lengths.</summary>
public sealed class SizeTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Core", 60, 150, 5, 40)]
    [InlineData("Systems", 90, 300, 8, 40)]
    [InlineData("Shell", 90, 300, 8, 40)]
    [InlineData("Client", 90, 300, 8, 40)]
    [InlineData("Hosts", 90, 300, 20, 40)]
    [InlineData("Bench", 90, 300, 10, 40)]
    [InlineData("Tests", 90, 300, 10, 60)]
    public void Files_and_functions_stay_small(
        string folder,
        int medianFile,
        int longestFile,
        int medianFunction,
        int longestFunction
    )
    {
        var trees = Repository.Files("*.cs", folder).Select(SourceCode.Parse).ToList();
        var files = trees
            .Select(static tree => new Size(tree.FilePath, tree.GetText().Lines.Count - 1))
            .OrderBy(static size => size.Lines)
            .ToImmutableArray();
        var functions = trees.SelectMany(Functions).OrderBy(static size => size.Lines).ToImmutableArray();
        output.WriteLine(
            $"{folder}: {files.Length} files: {Show(files)}; {functions.Length} functions: {Show(functions)}"
        );

        Assert.InRange(Median(files), 0, medianFile);
        Assert.InRange(files[^1].Lines, 0, longestFile);
        Assert.InRange(Median(functions), 0, medianFunction);
        Assert.InRange(functions[^1].Lines, 0, longestFunction);
    }

    private static IEnumerable<Size> Functions(SyntaxTree tree) =>
        tree.GetRoot()
            .DescendantNodes()
            .Where(static node =>
                node
                    is BaseMethodDeclarationSyntax
                        or LocalFunctionStatementSyntax
                        or PropertyDeclarationSyntax { ExpressionBody: not null }
            )
            .Select(node => new Size($"{tree.FilePath} {NameOf(node)}", LinesOf(node)));

    private static string NameOf(SyntaxNode node) =>
        node switch
        {
            MethodDeclarationSyntax method => method.Identifier.Text,
            LocalFunctionStatementSyntax function => function.Identifier.Text,
            PropertyDeclarationSyntax property => property.Identifier.Text,
            ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
            _ => node.Kind().ToString(),
        };

    private static int LinesOf(SyntaxNode node)
    {
        var span = node.SyntaxTree.GetLineSpan(node.Span);
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static int Median(ImmutableArray<Size> ordered) => ordered[ordered.Length / 2].Lines;

    private static string Show(ImmutableArray<Size> ordered) =>
        $"median {Median(ordered)}, p90 {ordered[ordered.Length * 9 / 10].Lines}, longest {string.Join(", ", ordered.TakeLast(3).Reverse())}";

    private sealed record Size(string Name, int Lines)
    {
        public override string ToString() => $"{Lines} ({Name})";
    }
}
