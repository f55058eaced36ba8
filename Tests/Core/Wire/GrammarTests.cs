using System.Text;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Wire;

/// <summary>White space, line ends and what a text is (F-1, F-2, F-7).</summary>
public class GrammarTests
{
    private static readonly string[] HalfPairs = ["a\uD83D", "\uDE00a"];

    [Fact]
    public void White_space_is_five_bytes_and_no_other() =>
        Assert.Equal(
            [0x09, 0x0B, 0x0C, 0x0D, 0x20],
            Enumerable.Range(0, 256).Select(static value => (byte)value).Where(Grammar.IsSpace)
        );

    [Law]
    public void A_line_ends_at_its_first_LF_that_was_not_looked_at_before(AnyBytes any, int scanned)
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
    public void Any_number_of_bytes_may_be_said_to_be_scanned(int scanned, int expected) =>
        Assert.Equal(expected, LineFraming.IndexOfLineEnd("a\nb\n"u8, scanned));

    [Law]
    public void A_line_is_blank_where_the_session_has_no_reply_to_it(RequestLine line)
    {
        var host = Host.Opened(Limits.Default);
        host.TakeSaid();
        host.Receive((byte[])[.. line.Bytes.Span, Grammar.Lf]);
        Assert.Equal(host.TakeSaid().Length == 0, Grammar.IsBlank(line.Bytes.Span));
    }

    [Law]
    public void Characters_are_blank_where_their_bytes_are(int white, AnyString any) =>
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
    public void White_space_of_other_scripts_is_text(string characters, bool blank) =>
        Assert.Equal(blank, Grammar.IsBlank(characters));

    [Law]
    public void A_text_from_anywhere_is_trimmed_one_line_and_UTF8(AnyBytes any) =>
        TextLaws.IsWellFormed(LineText.From(any.Bytes));

    [Law]
    public void So_is_one_from_any_characters(AnyString any) =>
        TextLaws.IsWellFormed(LineText.From(any.Characters));

    [Law]
    public void Characters_and_their_bytes_give_the_same_text(AnyString any) =>
        TextLaws.BothFacesAgree(any.Characters);

    [Law]
    public void A_text_is_a_text_again_and_its_copy_is_the_same(LineText text) => TextLaws.IsItself(text);

    [Law]
    public void Two_texts_are_equal_where_their_bytes_are(LineText left, LineText right) =>
        TextLaws.EqualByBytes(left, right);

    [Fact]
    public void A_text_looks_at_its_memory_and_a_copy_does_not()
    {
        var memory = "abc"u8.ToArray();
        var text = Some.Given(LineText.From(memory));
        var copy = text.Copy();
        memory[0] = (byte)'x';
        Assert.Equal(("xbc", "abc"), (text.ToString(), copy.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\v\f\r")]
    [InlineData("a\nb")]
    public void What_cannot_stand_on_a_line_is_no_text(string characters) =>
        Assert.True(LineText.From(characters).IsNone);

    [Fact]
    public void Half_a_surrogate_pair_is_no_text() =>
        Assert.All(HalfPairs, static half => Assert.True(LineText.From(half).IsNone));

    [Fact]
    public void Other_white_space_of_Unicode_is_a_text() =>
        Assert.All(
            "\u0085\u00A0\u2003\u2028\u3000",
            static c => Assert.True(LineText.From(c.ToString()).IsSome)
        );

    [Fact]
    public void What_is_not_UTF8_is_no_text() =>
        Assert.True(LineText.From(Encoding.Latin1.GetBytes("caf\xE9")).IsNone);
}
