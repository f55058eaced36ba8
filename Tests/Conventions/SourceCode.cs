using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Conventions;

/// <summary>A use, in one file, of a name that another file declares.</summary>
internal sealed record SourceReference(string From, string To, string Name)
{
    public override string ToString() => $"{From} names {Name} in {To}";
}

/// <summary>
/// The sources of <see cref="SourceProject.Ordered"/> in one compilation. Generated code is missing, so it has errors;
/// names in the sources are bound nevertheless.
/// </summary>
internal static class SourceCode
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);

    private static readonly Lazy<CSharpCompilation> Compiled = new(Compile);

    private static readonly Lazy<ImmutableArray<SourceReference>> Found = new(static () =>
        [.. Trees.AsParallel().SelectMany(ReferencesOf).Distinct()]
    );

    // To bind a name takes long: only those that the sources declare are bound.
    private static readonly Lazy<ImmutableHashSet<string>> DeclaredNames = new(static () =>
        [.. Compilation.GetSymbolsWithName(static _ => true).Select(NameOf)]
    );

    internal static CSharpCompilation Compilation => Compiled.Value;

    /// <summary>One tree per file, with the file's path from the root.</summary>
    internal static IEnumerable<SyntaxTree> Trees =>
        Compilation.SyntaxTrees.Where(static tree => tree.FilePath.Length > 0);

    /// <summary>All references between files.</summary>
    internal static ImmutableArray<SourceReference> References => Found.Value;

    internal static SyntaxTree Parse(string path) =>
        CSharpSyntaxTree.ParseText(Repository.Read(path), Options, path);

    /// <summary>The file that declares a symbol; of several, the one that is named after it.</summary>
    internal static string? FileOf(ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences.IsEmpty
            ? symbol.ContainingType is { } type
                ? FileOf(type)
                : null
            : symbol
                .DeclaringSyntaxReferences.Select(static declaration => declaration.SyntaxTree.FilePath)
                .OrderBy(path => Path.GetFileNameWithoutExtension(path) != symbol.Name)
                .ThenBy(static path => path, StringComparer.Ordinal)
                .First();

    private static CSharpCompilation Compile()
    {
        var names = SourceProject
            .All.Select(static project => project.AssemblyName)
            .ToHashSet(StringComparer.Ordinal);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => !names.Contains(Path.GetFileNameWithoutExtension(path)))
            .Select(static path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create(
            "Sources",
            SourceProject
                .Ordered.SelectMany(static project => project.Files)
                .Select(Parse)
                .Append(CSharpSyntaxTree.ParseText(ImplicitUsings, Options)),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true)
        );
    }

    private static IEnumerable<SourceReference> ReferencesOf(SyntaxTree tree)
    {
        var model = Compilation.GetSemanticModel(tree);
        return from node in tree.GetRoot().DescendantNodes()
            where
                node is ImplicitObjectCreationExpressionSyntax
                || (node is SimpleNameSyntax name && DeclaredNames.Value.Contains(name.Identifier.ValueText))
            let symbol = SymbolOf(model, node)
            where
                symbol
                    is INamedTypeSymbol
                        or {
                            ContainingType: not null,
                            Kind: not (
                                SymbolKind.Local
                                or SymbolKind.Parameter
                                or SymbolKind.TypeParameter
                                or SymbolKind.RangeVariable
                                or SymbolKind.Label
                            )
                        }
            let file = FileOf(symbol)
            where file is not null && !string.Equals(file, tree.FilePath, StringComparison.Ordinal)
            select new SourceReference(
                tree.FilePath,
                file,
                symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)
            );
    }

    /// <summary>The name by which code refers to a symbol: that of an attribute lacks its suffix.</summary>
    private static string NameOf(ISymbol symbol) =>
        symbol is INamedTypeSymbol && symbol.Name.EndsWith(nameof(Attribute), StringComparison.Ordinal)
            ? symbol.Name[..^nameof(Attribute).Length]
            : symbol.Name;

    private static ISymbol? SymbolOf(SemanticModel model, SyntaxNode node)
    {
        var found = model.GetSymbolInfo(node);
        var symbol = found.Symbol ?? found.CandidateSymbols.FirstOrDefault();
        return (
            symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol
        )?.OriginalDefinition;
    }
}
