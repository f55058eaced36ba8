using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Xunit;

namespace TinyTcp.Tests.Docs;

/// <summary>The grammar rule over a piece of Core is the one that a document gives, and its signatures are Core's.</summary>
public partial class GrammarTests
{
    [Fact]
    public void A_grammar_rule_in_Core_stands_in_a_document()
    {
        var written = Markdown
            .Documents.SelectMany(static path => Markdown.Blocks(path, "abnf"))
            .SelectMany(static block => block.Content.Split('\n'))
            .Select(WithoutRemark);
        var missing = RulesInCore().Except(written, StringComparer.Ordinal).ToArray();

        Assert.NotEmpty(RulesInCore());
        Assert.Empty(missing);
    }

    [Fact]
    public void A_signature_in_the_guide_to_Core_is_one_of_Cores()
    {
        var core = Squeezed(string.Join(' ', Repository.Files("*.cs", "Core").Select(Repository.Read)));
        var signatures = Markdown
            .Blocks("Core/README.md", "csharp")
            .SelectMany(static block => block.Content.Split('\n'))
            .Where(static line => line.StartsWith("public", StringComparison.Ordinal))
            .ToArray();
        var missing = signatures
            .Where(signature => !core.Contains(Squeezed(signature), StringComparison.Ordinal))
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
                .Select(static match => WithoutRemark(match.Groups["rule"].Value)),
        ];

    private static string WithoutRemark(string rule) => Squeezed(rule.Split(" ;")[0]);

    /// <summary>With no white space that says nothing.</summary>
    private static string Squeezed(string text) =>
        Spaces()
            .Replace(text, " ")
            .Replace("( ", "(", StringComparison.Ordinal)
            .Replace(" )", ")", StringComparison.Ordinal)
            .Trim();

    [GeneratedRegex(@"^\s*// (?<rule>[A-Za-z-]+ = .*)$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex RuleComment();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1_000)]
    private static partial Regex Spaces();
}
