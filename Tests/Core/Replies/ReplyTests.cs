using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Replies;

/// <summary>Replies out and in .</summary>
public class ReplyTests
{
    [Law]
    public void Read_undoes_render(Reply reply) => ReplyLaws.ReadUndoesRender(reply);

    [Law]
    public void A_reply_has_the_payload_of_its_kind(Reply reply) => ReplyLaws.ItHasThePayloadOfItsKind(reply);

    [Law]
    public void A_reply_is_rendered_alike_to_characters_and_bytes(Reply reply) =>
        ReplyLaws.BothRendersAgree(reply);

    [Law]
    public void Letter_case_makes_no_difference_to_a_client(Reply reply, int mask) =>
        ReplyLaws.CaseMakesNoDifference(reply, mask);

    [Law]
    public void White_space_round_a_reply_makes_no_difference(Reply reply, int before, int after) =>
        ReplyLaws.WhiteSpaceMakesNoDifference(reply, before, after);

    [Law]
    public void Only_its_own_reply_or_an_error_answers_a_command(
        Command command,
        Command other,
        ErrorCode error
    ) => ReplyLaws.OnlyItsOwnReplyAnswers(command, other, error);

    [Law]
    public void Any_bytes_are_a_reply_or_not(AnyBytes any) =>
        Assert.True(Protocol.Read(any.Bytes) is { IsLeft: true } or { IsRight: true });

    [Law]
    public void So_are_any_characters(AnyString any) =>
        Assert.True(Protocol.Read(any.Characters) is { IsLeft: true } or { IsRight: true });

    [Law]
    public void A_text_after_ERROR_is_an_error_of_that_word(LineText word) =>
        Assert.Equal(Reply.Error(word), Some.Right(Protocol.Read($"error {word}")));

    [Theory]
    [InlineData("", "Unrecognised")]
    [InlineData("HELLO", "Unrecognised")]
    [InlineData("TIMES 2025-09-12T17:24:13-05:00", "Unrecognised")]
    [InlineData("BYE BYE", "Unrecognised")]
    [InlineData("HELP COMMANDS", "Unrecognised")]
    [InlineData("WELCOME home", "Unrecognised")]
    [InlineData("BYE\nBYE", "Unrecognised")]
    [InlineData("TIME", "BadTime")]
    [InlineData("TIME noon", "BadTime")]
    [InlineData("ECHO", "MissingText")]
    [InlineData("ERROR \t", "MissingText")]
    [InlineData("HELP COMMANDS:", "MissingText")]
    [InlineData("WELCOME,", "MissingText")]
    public void Lines_that_are_no_reply(string line, string name) =>
        Assert.Equal(name, Named(Some.Left(Protocol.Read(line))));

    [Fact]
    public void What_is_not_UTF8_is_no_reply()
    {
        Assert.Equal("NotUtf8", Named(Some.Left(Protocol.Read(WireBytes.Bytes("ECHO \xFF")))));
        Assert.Equal(ReplyError.NotUtf8, Some.Left(Protocol.Read("ECHO \uD83D")));
        Assert.Equal("UTF-8", ReplyError.NotUtf8.Expected);
    }

    [Theory]
    [InlineData("", "a reply that begins with")]
    [InlineData("TIME", "TIME and a timestamp")]
    [InlineData("ECHO", "a text after")]
    public void What_was_expected_is_said_in_words(string line, string expected)
    {
        var error = Some.Left(Protocol.Read(line));
        Assert.StartsWith(expected, error.Expected, StringComparison.Ordinal);
        Assert.Equal($"expected {error.Expected}", error.ToString());
    }

    [Law]
    public void Each_reply_calls_its_own_function_of_a_match(Reply reply) =>
        Assert.Equal(reply.Kind.ToString(), UnionMatch.Called(reply), ignoreCase: true);

    private static string Named(ReplyError error) =>
        error.Match(
            unrecognised: static () => nameof(ReplyError.Unrecognised),
            notUtf8: static () => nameof(ReplyError.NotUtf8),
            badTime: static () => nameof(ReplyError.BadTime),
            missingText: static () => nameof(ReplyError.MissingText)
        );
}
