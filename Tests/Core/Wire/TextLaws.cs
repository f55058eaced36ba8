using System.Text.Unicode;
using LanguageExt;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;
using Xunit;
using Encoding = System.Text.Encoding;

namespace TinyTcp.Tests.Core.Wire;

/// <summary>Laws of texts.</summary>
internal static class TextLaws
{
    internal static void IsWellFormed(Option<LineText> text)
    {
        if (text.IsSome)
        {
            var bytes = TestValues.Given(text).Bytes;
            Assert.False(bytes.IsEmpty);
            Assert.False(Grammar.IsSpace(bytes[0]) || Grammar.IsSpace(bytes[^1]));
            Assert.False(bytes.Contains(Grammar.Lf));
            Assert.True(Utf8.IsValid(bytes));
        }
    }

    internal static void CharactersAndBytesAgree(string characters)
    {
        var lossless = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(characters));
        var fromBytes = LineText.From(Encoding.UTF8.GetBytes(characters));
        var expected = string.Equals(lossless, characters, StringComparison.Ordinal)
            ? fromBytes
            : Option<LineText>.None;
        Assert.Equal(expected, LineText.From(characters));
    }

    internal static void EqualsItsCopy(LineText text)
    {
        Assert.Equal(text, TestValues.Given(LineText.From(text.ToString())));
        Assert.Equal(text, text.Copy());
        Assert.Equal(text.GetHashCode(), text.Copy().GetHashCode());
        Assert.True(text.Equals((object)text.Copy()));
        Assert.False(text.Equals((object)text.ToString()));
    }

    internal static void EqualIfBytesAre(LineText left, LineText right)
    {
        var isEqual = left.Bytes.SequenceEqual(right.Bytes);
        Assert.Equal((isEqual, !isEqual), (left == right, left != right));
    }
}
