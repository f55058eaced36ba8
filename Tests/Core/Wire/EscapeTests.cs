using System.Globalization;
using System.Text;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Wire;

/// <summary>Escaped bytes are safe to print and can be unescaped (N-2).</summary>
public class EscapeTests
{
    private static readonly UnicodeCategory[] Unsafe =
    [
        UnicodeCategory.Control,
        UnicodeCategory.Format,
        UnicodeCategory.LineSeparator,
        UnicodeCategory.ParagraphSeparator,
        UnicodeCategory.PrivateUse,
        UnicodeCategory.Surrogate,
        UnicodeCategory.OtherNotAssigned,
    ];

    [Law]
    public void Any_bytes_become_one_line_of_printable_characters(AnyBytes any) =>
        AssertIsPrintable(any.Bytes.Span);

    [Law]
    public void Any_characters_become_one_line_of_printable_characters(AnyString any) =>
        AssertIsPrintable(Encoding.UTF8.GetBytes(any.Characters));

    [Law]
    public void Escaped_bytes_can_be_unescaped(AnyBytes any) =>
        Assert.Equal(any.Bytes.ToArray(), Unescape(Escape.ToPrintable(any.Bytes.Span)));

    [Law]
    public void An_escaped_text_can_be_unescaped(LineText text) =>
        Assert.Equal(text.Bytes.ToArray(), Unescape(Escape.ToPrintable(text.Bytes)));

    [Theory]
    [InlineData("plain é 漢 😀", "plain é 漢 😀")]
    [InlineData(@"back\slash", @"back\\slash")]
    [InlineData("\x1B[2J\x7F\t\r", @"\x1B[2J\x7F\x09\x0D")]
    [InlineData("\u202Eabc\u2028", @"\xE2\x80\xAEabc\xE2\x80\xA8")]
    [InlineData("e\u0301 \uFE0F \uFF9F \u3165 \u17B6 \uFE10", "e\u0301 \uFE0F \uFF9F \u3165 \u17B6 \uFE10")]
    [InlineData(
        "\u034F\u115F\u1160\u17B4\u17B5\u180B\u180F\u3164\uFE00\uFE0E\uFFA0\U000E0100\U000E01EF",
        @"\xCD\x8F\xE1\x85\x9F\xE1\x85\xA0\xE1\x9E\xB4\xE1\x9E\xB5\xE1\xA0\x8B\xE1\xA0\x8F\xE3\x85\xA4\xEF\xB8\x80\xEF\xB8\x8E\xEF\xBE\xA0\xF3\xA0\x84\x80\xF3\xA0\x87\xAF"
    )]
    public void Only_backslashes_and_unprintable_bytes_are_escaped(string characters, string expected) =>
        Assert.Equal(expected, Escape.ToPrintable(Encoding.UTF8.GetBytes(characters)));

    [Theory]
    [InlineData("👨‍👩‍👧‍👦")]
    [InlineData("👩🏽‍💻")]
    [InlineData("❤️‍🔥 🏳️‍🌈")]
    public void The_joiner_between_emoji_is_shown(string emoji) =>
        Assert.Equal(emoji, Escape.ToPrintable(Encoding.UTF8.GetBytes(emoji)));

    [Theory]
    [InlineData("a|b")]
    [InlineData("|👩")]
    [InlineData("👩|")]
    [InlineData("👩|a")]
    [InlineData("a|👩")]
    [InlineData("👩|\u0301")]
    [InlineData("👩||👩")]
    [InlineData("क\u094D|ष")]
    [InlineData("\U0001FAFF|👩")]
    public void Any_other_joiner_is_escaped(string characters) =>
        Assert.Equal(
            Escape
                .ToPrintable(Encoding.UTF8.GetBytes(characters))
                .Replace("|", @"\xE2\x80\x8D", StringComparison.Ordinal),
            Escape.ToPrintable(Encoding.UTF8.GetBytes(characters.Replace('|', '\u200D')))
        );

    [Fact]
    public void Bytes_that_are_not_UTF8_are_escaped_one_by_one() =>
        Assert.Equal(@"\xFFa\xE2\x82", Escape.ToPrintable([0xFF, (byte)'a', 0xE2, 0x82]));

    private static void AssertIsPrintable(ReadOnlySpan<byte> bytes) =>
        Assert.All(
            WithoutInnerJoiners(Escape.ToPrintable(bytes)).EnumerateRunes(),
            static rune => Assert.DoesNotContain(Rune.GetUnicodeCategory(rune), Unsafe)
        );

    /// <summary>The text without joiners inside characters.</summary>
    private static string WithoutInnerJoiners(string text) =>
        string.Concat(
            Enumerable
                .Range(0, new StringInfo(text).LengthInTextElements)
                .Select(at => new StringInfo(text).SubstringByTextElements(at, 1))
                .Select(static element =>
                    element is ['\u200D', ..] or [.., '\u200D']
                        ? element
                        : element.Replace("\u200D", "", StringComparison.Ordinal)
                )
        );

    private static byte[] Unescape(string escaped)
    {
        var bytes = new List<byte>();
        for (var index = 0; index < escaped.Length; index++)
        {
            if (escaped[index] != '\\')
            {
                var length = char.IsSurrogate(escaped[index]) ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(escaped.Substring(index, length)));
                index += length - 1;
            }
            else if (escaped[index + 1] == '\\')
            {
                bytes.Add((byte)'\\');
                index++;
            }
            else
            {
                bytes.Add(
                    byte.Parse(
                        escaped.AsSpan(index + 2, 2),
                        NumberStyles.HexNumber,
                        CultureInfo.InvariantCulture
                    )
                );
                index += 3;
            }
        }

        return [.. bytes];
    }
}
