using TinyTcp.Core.Commands;
using TinyTcp.Core.Verbs;
using TinyTcp.Tests.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Commands;

/// <summary>The parser and HELP agree with the rows of the command table.</summary>
public class CommandTableTests
{
    [Fact]
    public void Every_row_has_a_verb_that_is_unique_in_any_letter_case() =>
        Assert.Equal(
            CommandTable.Rows.Length,
            CommandTable
                .Rows.Select(static row => row.Verb.ToUpperInvariant())
                .Distinct(StringComparer.Ordinal)
                .Count()
        );

    [Fact]
    public void Every_row_is_parsed_from_its_own_verb() =>
        Assert.All(
            CommandTable.Rows,
            static row =>
                Assert.StartsWith(
                    row.Verb,
                    Protocol.Render(TestValues.Right(Protocol.Parse($"{row.Verb} x"))),
                    StringComparison.Ordinal
                )
        );

    [Fact]
    public void Every_syntax_begins_with_its_verb() =>
        Assert.All(
            CommandTable.Rows,
            static row => Assert.StartsWith(row.Verb, row.Syntax, StringComparison.Ordinal)
        );

    [Fact]
    public void HELP_lists_every_syntax() => Assert.Equal(Model.HelpText, CommandTable.HelpText.ToString());

    [Fact]
    public void Every_row_has_a_description_and_only_ECHO_requires_an_argument()
    {
        Assert.All(
            CommandTable.Rows,
            static row => Assert.DoesNotContain("", new[] { row.Summary, row.Reply, row.Rule })
        );
        Assert.Equal(
            CommandTable.Echo,
            CommandTable.Rows.Single(static row => row.Argument == ArgumentRule.Required)
        );
    }
}
