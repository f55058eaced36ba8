using System.Text;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Wire;

/// <summary>White space, line ends and texts (F-1, F-2, F-7).</summary>
public class GrammarTests
{
    private static readonly string[] LoneSurrogates = ["a\uD83D", "\uDE00a"];

    [Fact]
    public void White_space_is_five_bytes_and_no_other() =>
        Assert.Equal(
            [0x09, 0x0B, 0x0C, 0x0D, 0x20],
            Enumerable.Range(0, 256).Select(static value => (byte)value).Where(Grammar.IsSpace)
        );

    [Law]
    public void A_line_ends_at_the_first_LF_after_the_scanned_bytes(AnyBytes any, int scanned)
    {
        var bytes = any.Bytes.Span;
        var from = Math.Clamp(scanned, 0, bytes.Length);
        var expected = Array.IndexOf(any.Bytes.ToArray(), Grammar.Lf, from);
        Assert.Equal(expected, LineFraming.IndexOfLineEnd(bytes, scanned));
    }

    [Theory]
    [InlineData(int.MinValue, 1)]
    [InlineData(-1, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(4, -1)]
    [InlineData(int.MaxValue, -1)]
    public void The_number_of_scanned_bytes_is_clamped(int scanned, int expected) =>
        Assert.Equal(expected, LineFraming.IndexOfLineEnd("a\nb\n"u8, scanned));

    [Law]
    public void A_line_is_blank_exactly_if_it_gets_no_reply(RequestLine line)
    {
        var host = Host.Opened(Limits.Default);
        host.TakeOutput();
        host.Receive((byte[])[.. line.Bytes.Span, Grammar.Lf]);
        Assert.Equal(host.TakeOutput().Length == 0, Grammar.IsBlank(line.Bytes.Span));
    }

    [Law]
    public void Characters_are_blank_exactly_if_their_bytes_are(int white, AnyString any) =>
        Assert.All(
            [Letters.White(white), any.Characters, Letters.White(white) + any.Characters],
            static line => Assert.Equal(Grammar.IsBlank(Encoding.UTF8.GetBytes(line)), Grammar.IsBlank(line))
        );

    [Theory]
    [InlineData("", true)]
    [InlineData(" \t\v\f\r", true)]
    [InlineData("\n", false)]
    [InlineData(" \u00A0", false)]
    [InlineData("\u0085", false)]
    [InlineData("\u2003", false)]
    [InlineData("\u0120", false)]
    public void Only_the_five_white_space_characters_are_blank(string characters, bool isBlank) =>
        Assert.Equal(isBlank, Grammar.IsBlank(characters));

    [Law]
    public void A_text_from_any_bytes_is_one_trimmed_line_of_UTF8(AnyBytes any) =>
        TextLaws.IsWellFormed(LineText.From(any.Bytes));

    [Law]
    public void A_text_from_any_characters_is_one_trimmed_line_of_UTF8(AnyString any) =>
        TextLaws.IsWellFormed(LineText.From(any.Characters));

    [Law]
    public void Characters_and_their_bytes_give_the_same_text(AnyString any) =>
        TextLaws.CharactersAndBytesAgree(any.Characters);

    [Law]
    public void A_text_equals_its_copy_and_the_text_of_its_characters(LineText text) =>
        TextLaws.EqualsItsCopy(text);

    [Law]
    public void Two_texts_are_equal_if_their_bytes_are(LineText left, LineText right) =>
        TextLaws.EqualIfBytesAre(left, right);

    [Fact]
    public void A_text_refers_to_its_memory_and_a_copy_does_not()
    {
        var memory = "abc"u8.ToArray();
        var text = TestValues.Given(LineText.From(memory));
        var copy = text.Copy();
        memory[0] = (byte)'x';
        Assert.Equal(("xbc", "abc"), (text.ToString(), copy.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\v\f\r")]
    [InlineData("a\nb")]
    public void A_blank_string_or_one_with_an_LF_is_not_a_text(string characters) =>
        Assert.True(LineText.From(characters).IsNone);

    [Fact]
    public void A_lone_surrogate_is_not_a_text() =>
        Assert.All(LoneSurrogates, static characters => Assert.True(LineText.From(characters).IsNone));

    [Fact]
    public void Other_Unicode_white_space_is_a_text() =>
        Assert.All(
            "\u0085\u00A0\u2003\u2028\u3000",
            static c => Assert.True(LineText.From(c.ToString()).IsSome)
        );

    [Fact]
    public void Invalid_UTF8_is_not_a_text() =>
        Assert.True(LineText.From(Encoding.Latin1.GetBytes("caf\xE9")).IsNone);
}
