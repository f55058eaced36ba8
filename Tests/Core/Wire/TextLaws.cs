using System.Text.Unicode;
using LanguageExt;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;
using Xunit;
using Encoding = System.Text.Encoding;

namespace TinyTcp.Tests.Core.Wire;

/// <summary>What holds of every text.</summary>
internal static class TextLaws
{
    internal static void IsWellFormed(Option<LineText> text)
    {
        if (text.IsSome)
        {
            var bytes = Some.Given(text).Bytes;
            Assert.False(bytes.IsEmpty);
            Assert.False(Grammar.IsSpace(bytes[0]) || Grammar.IsSpace(bytes[^1]));
            Assert.False(bytes.Contains(Grammar.Lf));
            Assert.True(Utf8.IsValid(bytes));
        }
    }

    internal static void BothFacesAgree(string characters)
    {
        var lossless = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(characters));
        var fromBytes = LineText.From(Encoding.UTF8.GetBytes(characters));
        var agreed = string.Equals(lossless, characters, StringComparison.Ordinal)
            ? fromBytes
            : Option<LineText>.None;
        Assert.Equal(agreed, LineText.From(characters));
    }

    internal static void IsItself(LineText text)
    {
        Assert.Equal(text, Some.Given(LineText.From(text.ToString())));
        Assert.Equal(text, text.Copy());
        Assert.Equal(text.GetHashCode(), text.Copy().GetHashCode());
        Assert.True(text.Equals((object)text.Copy()));
        Assert.False(text.Equals((object)text.ToString()));
    }

    internal static void EqualByBytes(LineText left, LineText right)
    {
        var same = left.Bytes.SequenceEqual(right.Bytes);
        Assert.Equal((same, !same), (left == right, left != right));
    }
}
