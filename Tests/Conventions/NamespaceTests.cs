using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace TinyTcp.Tests.Conventions;

/// <summary>A file's namespace is its project's root namespace and its folder.</summary>
public class NamespaceTests
{
    [Fact]
    public void Namespaces_are_folders() =>
        Findings.AssertNone(
            from project in SourceProject.Ordered
            from path in project.Files
            from found in SourceCode
                .Parse(path)
                .GetRoot()
                .DescendantNodes()
                .OfType<BaseNamespaceDeclarationSyntax>()
            let expected = $"{project.RootNamespace}.{project.Subfolder(path).Replace('/', '.')}".TrimEnd('.')
            where !string.Equals($"{found.Name}", expected, StringComparison.Ordinal)
            select $"{path}: {found.Name}, not {expected}"
        );
}
