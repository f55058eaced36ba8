using TinyTcp.Core.Spelling;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Spelling;

/// <summary>Suggestions for mistyped names.</summary>
public class TypoLaws
{
    [Law]
    public void A_name_with_one_mistake_is_suggested(Mistyped mistyped)
    {
        var similar = TestValues.Given(Typos.FindSimilar(mistyped.Word, Mistyped.Names));
        // Two names may be equally similar, such as help and shell to shelp.
        if (similar != mistyped.Name && similar != mistyped.Word)
        {
            Assert.Contains(mistyped.Word, Mistyped.OneMistake(similar));
        }
    }

    [Law]
    public void Letter_case_is_no_mistake(Mistyped mistyped) =>
        Assert.Equal(
            Typos.FindSimilar(mistyped.Word, Mistyped.Names),
            Typos.FindSimilar(mistyped.Word.ToUpperInvariant(), Mistyped.Names)
        );

    [Theory]
    [InlineData("now")]
    [InlineData("-x")]
    [InlineData("")]
    [InlineData("tmei")]
    [InlineData("127.0.0.1")]
    public void A_word_that_differs_in_more_than_a_third_has_no_suggestion(string word) =>
        Assert.True(Typos.FindSimilar(word, Mistyped.Names).IsNone);
}
