using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Conventions;

/// <summary>
/// Names do not contain the retired words in the last column of CONTRIBUTING.md's glossary. Names are those of types,
/// members, parameters, files and folders; a capital begins a word.
/// </summary>
public partial class VocabularyTests
{
    private const int MaxRows = 40;

    private static readonly ImmutableArray<Match> Rows =
    [
        .. Row()
            .Matches(Repository.Read("CONTRIBUTING.md").Split("\n## Glossary\n")[1].Split("\n## ")[0])
            .Where(static row => row.Groups["term"].Value is not ("term" or "---")),
    ];

    [Fact]
    public void The_glossary_has_30_to_40_distinct_terms()
    {
        Assert.InRange(Rows.Length, 30, MaxRows);
        Assert.Equal(Rows.Length, Rows.DistinctBy(static row => row.Groups["term"].Value).Count());
    }

    [Fact]
    public void No_name_has_a_retired_word()
    {
        var retired = Rows.SelectMany(RetiredIn).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.NotEmpty(retired);
        Findings.AssertNone(
            from file in SourceProject
                .Ordered.SelectMany(static project =>
                    project.Files.Select(path => (Path: path, project.Folder))
                )
                .Concat(TestFiles)
            let path = file.Path
            from name in NamesIn(path).Concat(path.Split('/', '.')).Distinct(StringComparer.Ordinal)
            where !IsSentence(name)
            from word in Word().Matches(name).Select(static word => word.Value)
            where retired.Contains(word) || retired.Contains($"{word} ({file.Folder})")
            select $"{path}: {name}"
        );
    }

    private static IEnumerable<(string Path, string Folder)> TestFiles =>
        Repository.Files("*.cs", "Tests").Select(static path => (Path: path, Folder: "Tests"));

    private static bool IsSentence(string name) => name.Contains('_', StringComparison.Ordinal);

    private static IEnumerable<string> RetiredIn(Match row) =>
        row.Groups["retired"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> NamesIn(string path) =>
        SourceCode.Parse(path).GetRoot().DescendantNodes().Select(NameOf).OfType<string>();

    private static string? NameOf(SyntaxNode node) =>
        node switch
        {
            BaseTypeDeclarationSyntax type => type.Identifier.Text,
            DelegateDeclarationSyntax type => type.Identifier.Text,
            MethodDeclarationSyntax method => method.Identifier.Text,
            LocalFunctionStatementSyntax function => function.Identifier.Text,
            PropertyDeclarationSyntax property => property.Identifier.Text,
            EventDeclarationSyntax declared => declared.Identifier.Text,
            EnumMemberDeclarationSyntax member => member.Identifier.Text,
            ParameterSyntax parameter => parameter.Identifier.Text,
            VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } field => field
                .Identifier
                .Text,
            _ => null,
        };

    [GeneratedRegex(
        @"^\| (?<term>[^|]+) \| (?<meaning>[^|]+) \| (?<source>[^|]+) \| ?(?<retired>[^|]*?) ?\|$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Row();

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+", RegexOptions.None, 1_000)]
    private static partial Regex Word();
}
