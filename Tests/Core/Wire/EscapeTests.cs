using System.Globalization;
using System.Text;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Wire;

/// <summary>Bytes shown to people are safe to show, and nothing is lost (N-2).</summary>
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
        IsPrintable(any.Bytes.Span);

    [Law]
    public void So_do_any_characters(AnyString any) => IsPrintable(Encoding.UTF8.GetBytes(any.Characters));

    [Law]
    public void What_is_shown_can_be_read_back(AnyBytes any) =>
        Assert.Equal(any.Bytes.ToArray(), Unescape(Escape.ToPrintable(any.Bytes.Span)));

    [Law]
    public void So_can_a_text(LineText text) =>
        Assert.Equal(text.Bytes.ToArray(), Unescape(Escape.ToPrintable(text.Bytes)));

    [Theory]
    [InlineData("plain é 漢 😀", "plain é 漢 😀")]
    [InlineData(@"back\slash", @"back\\slash")]
    [InlineData("\x1B[2J\x7F\t\r", @"\x1B[2J\x7F\x09\x0D")]
    [InlineData("\u202Eabc\u2028", @"\xE2\x80\xAEabc\xE2\x80\xA8")]
    public void Examples(string characters, string shown) =>
        Assert.Equal(shown, Escape.ToPrintable(Encoding.UTF8.GetBytes(characters)));

    [Fact]
    public void Bytes_that_are_not_UTF8_are_shown_one_by_one() =>
        Assert.Equal(@"\xFFa\xE2\x82", Escape.ToPrintable([0xFF, (byte)'a', 0xE2, 0x82]));

    private static void IsPrintable(ReadOnlySpan<byte> bytes) =>
        Assert.All(
            Escape.ToPrintable(bytes).EnumerateRunes(),
            static rune => Assert.DoesNotContain(Rune.GetUnicodeCategory(rune), Unsafe)
        );

    private static byte[] Unescape(string shown)
    {
        var bytes = new List<byte>();
        for (var at = 0; at < shown.Length; at++)
        {
            if (shown[at] != '\\')
            {
                var length = char.IsSurrogate(shown[at]) ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(shown.Substring(at, length)));
                at += length - 1;
            }
            else if (shown[at + 1] == '\\')
            {
                bytes.Add((byte)'\\');
                at++;
            }
            else
            {
                bytes.Add(
                    byte.Parse(shown.AsSpan(at + 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                );
                at += 3;
            }
        }

        return [.. bytes];
    }
}
