using System.Collections.Immutable;
using System.Text.RegularExpressions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Docs;

/// <summary>Grammar rules in comments of Core are in a document, and signatures in Core's README are in Core.</summary>
public partial class GrammarTests
{
    [Fact]
    public void A_grammar_rule_in_Core_is_in_a_document()
    {
        var documented = Markdown
            .Documents.SelectMany(static path => Markdown.Blocks(path, "abnf"))
            .SelectMany(static block => block.Content.Split('\n'))
            .Select(WithoutComment);
        var missing = RulesInCore().Except(documented, StringComparer.Ordinal).ToArray();

        Assert.NotEmpty(RulesInCore());
        Assert.Empty(missing);
    }

    [Fact]
    public void A_signature_in_the_README_of_Core_is_in_Core()
    {
        var core = NormalizeSpace(string.Join(' ', Repository.Files("*.cs", "Core").Select(Repository.Read)));
        var signatures = Markdown
            .Blocks("Core/README.md", "csharp")
            .SelectMany(static block => block.Content.Split('\n'))
            .Where(static line => line.StartsWith("public", StringComparison.Ordinal))
            .ToArray();
        var missing = signatures
            .Where(signature => !core.Contains(NormalizeSpace(signature), StringComparison.Ordinal))
            .ToArray();

        Assert.NotEmpty(signatures);
        Assert.Empty(missing);
    }

    private static ImmutableArray<string> RulesInCore() =>
        [
            .. Repository
                .Files("*.cs", "Core")
                .SelectMany(static path => Repository.Read(path).Split('\n'))
                .Select(static line => RuleComment().Match(line))
                .Where(static match => match.Success)
                .Select(static match => WithoutComment(match.Groups["rule"].Value)),
        ];

    private static string WithoutComment(string rule) => NormalizeSpace(rule.Split(" ;")[0]);

    /// <summary>Collapses white space, and removes it inside parentheses.</summary>
    private static string NormalizeSpace(string text) =>
        WhiteSpace()
            .Replace(text, " ")
            .Replace("( ", "(", StringComparison.Ordinal)
            .Replace(" )", ")", StringComparison.Ordinal)
            .Trim();

    [GeneratedRegex(@"^\s*// (?<rule>[A-Za-z-]+ = .*)$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex RuleComment();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1_000)]
    private static partial Regex WhiteSpace();
}
