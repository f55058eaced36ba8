using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TinyTcp.Tests.Conventions;
using Xunit;

namespace TinyTcp.Tests.Docs;

/// <summary>Core/README.md links every file of Core, each after the files that it depends on.</summary>
public class ReadingOrderTests
{
    private static readonly ImmutableArray<string> Linked =
    [
        .. Markdown
            .Links("Core/README.md")
            .Where(static target => target.EndsWith(".cs", StringComparison.Ordinal))
            .Where(static target => !target.StartsWith('.'))
            .Select(static target => $"Core/{target}")
            .Distinct(StringComparer.Ordinal),
    ];

    [Fact]
    public void Every_file_of_Core_is_linked() =>
        Assert.Equal(
            new SourceProject("Core").Files.Order(StringComparer.Ordinal),
            Linked.Order(StringComparer.Ordinal)
        );

    [Fact]
    public void A_file_of_Core_depends_on_files_before_it_only() =>
        Findings.AssertNone(
            from reference in SourceCode.References
            let index = Linked.IndexOf(reference.From)
            where
                index >= 0
                && Linked.IndexOf(reference.To) > index
                && !AreOfOneType(reference.From, reference.To)
            select $"{reference}"
        );

    private static bool AreOfOneType(string one, string other) => TypesIn(one).Overlaps(TypesIn(other));

    private static ImmutableHashSet<string> TypesIn(string path) =>
        [
            .. SourceCode
                .Parse(path)
                .GetRoot()
                .DescendantNodes()
                .OfType<BaseTypeDeclarationSyntax>()
                .Select(static type => type.Identifier.Text),
        ];
}
