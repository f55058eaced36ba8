using System.Collections.Immutable;
using System.Text.RegularExpressions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Docs;

/// <summary>Citations of protocol.md refer to its rules, and tests cite every rule at level MUST.</summary>
public partial class RuleTests
{
    private const string ThisFile = "Tests/Docs/RuleTests.cs";

    /// <summary>The rules at level MUST that no test cites yet, with the reason.</summary>
    private static readonly ImmutableSortedDictionary<string, string> NotYetTested = new Dictionary<
        string,
        string
    >(StringComparer.Ordinal)
    {
        ["N-3"] = "it bounds what the client buffers and waits for: the client's tests must cover it",
        ["N-4"] = "it is about a socket connected to itself: the client's tests must cover it",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly ImmutableArray<(string Id, string Level)> Rules =
    [
        .. Rule()
            .Matches(Repository.Read("protocol.md"))
            .Select(static rule => (rule.Groups["id"].Value, rule.Groups["level"].Value)),
    ];

    private static ImmutableHashSet<string> Ids => [.. Rules.Select(static rule => rule.Id)];

    [Fact]
    public void No_two_rules_have_the_same_id() => Assert.Equal(Ids.Count, Rules.Length);

    [Fact]
    public void A_cited_rule_exists()
    {
        var unknown = Repository
            .Files("*.cs", "Core", "Systems", "Shell", "Client", "Hosts", "Tests", "Bench")
            .Concat(Markdown.Documents)
            .SelectMany(static path => Citations(Repository.Read(path)).Select(id => $"{id} in {path}"))
            .Where(static citation => !Ids.Contains(citation.Split(' ')[0]))
            .ToArray();

        Assert.Empty(unknown);
    }

    [Fact]
    public void A_MUST_rule_is_cited_by_a_test_or_listed_as_untested()
    {
        var untested = Rules
            .Where(static rule => string.Equals(rule.Level, "MUST", StringComparison.Ordinal))
            .Select(static rule => rule.Id)
            .Except(CitedByTests(), StringComparer.Ordinal)
            .Except(NotYetTested.Keys, StringComparer.Ordinal)
            .ToArray();

        Assert.Empty(untested);
    }

    [Fact]
    public void A_rule_listed_as_untested_exists_and_is_untested()
    {
        var tested = NotYetTested.Keys.Intersect(CitedByTests(), StringComparer.Ordinal).ToArray();

        Assert.Empty(tested);
        Assert.All(NotYetTested.Keys, static id => Assert.Contains(id, Ids));
    }

    /// <summary>The rules that test code or the examples of protocol.md cite; an example is a test.</summary>
    private static ImmutableHashSet<string> CitedByTests() =>
        [
            .. Repository
                .Files("*.cs", "Tests")
                .Where(static path => !string.Equals(path, ThisFile, StringComparison.Ordinal))
                .Select(Repository.Read)
                .Concat(Markdown.Blocks("protocol.md", "transcript").Select(static block => block.Content))
                .SelectMany(Citations),
        ];

    private static IEnumerable<string> Citations(string text) =>
        Citation().Matches(text).Select(static citation => citation.Value);

    [GeneratedRegex(
        @"^- \*\*(?<id>[A-Z]-[0-9]+)\*\* \((?<level>MUST|SHOULD)\) ",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Rule();

    [GeneratedRegex(@"(?<![\w\\-])[CFJLNRSTX]-[0-9]+\b", RegexOptions.None, 1_000)]
    private static partial Regex Citation();
}
