using System.Text.Unicode;
using LanguageExt;
using TinyTcp.Core;
using TinyTcp.Tests.Support;
using Xunit;
using Encoding = System.Text.Encoding;

namespace TinyTcp.Tests.Core;

/// <summary>What holds of every text.</summary>
internal static class TextLaws
{
    internal static void IsWellFormed(Option<Text> text)
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
        var fromBytes = Text.From(Encoding.UTF8.GetBytes(characters));
        var agreed = string.Equals(lossless, characters, StringComparison.Ordinal)
            ? fromBytes
            : Option<Text>.None;
        Assert.Equal(agreed, Text.From(characters));
    }

    internal static void IsItself(Text text)
    {
        Assert.Equal(text, Some.Given(Text.From(text.ToString())));
        Assert.Equal(text, text.Copy());
        Assert.Equal(text.GetHashCode(), text.Copy().GetHashCode());
        Assert.True(text.Equals((object)text.Copy()));
        Assert.False(text.Equals((object)text.ToString()));
    }

    internal static void EqualByBytes(Text left, Text right)
    {
        var same = left.Bytes.SequenceEqual(right.Bytes);
        Assert.Equal((same, !same), (left == right, left != right));
    }
}
