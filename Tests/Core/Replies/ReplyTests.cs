using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Replies;

/// <summary>Rendering and reading replies .</summary>
public class ReplyTests
{
    [Law]
    public void Read_undoes_render(Reply reply) => ReplyLaws.ReadUndoesRender(reply);

    [Law]
    public void A_reply_has_the_payload_of_its_kind(Reply reply) => ReplyLaws.HasThePayloadOfItsKind(reply);

    [Law]
    public void Render_and_TryRender_agree_on_a_reply(Reply reply) =>
        ReplyLaws.RenderAndTryRenderAgree(reply);

    [Law]
    public void Letter_case_makes_no_difference_when_a_reply_is_read(Reply reply, int mask) =>
        ReplyLaws.CaseMakesNoDifference(reply, mask);

    [Law]
    public void White_space_around_a_reply_makes_no_difference(Reply reply, int before, int after) =>
        ReplyLaws.WhiteSpaceMakesNoDifference(reply, before, after);

    [Law]
    public void IsReplyTo_accepts_only_the_reply_of_the_command_or_an_error(
        Command command,
        Command other,
        ErrorCode error
    ) => ReplyLaws.IsReplyToItsOwnCommandOnly(command, other, error);

    [Law]
    public void Any_bytes_read_as_a_reply_or_an_error(AnyBytes any) =>
        Assert.True(Protocol.Read(any.Bytes) is { IsLeft: true } or { IsRight: true });

    [Law]
    public void Any_characters_read_as_a_reply_or_an_error(AnyString any) =>
        Assert.True(Protocol.Read(any.Characters) is { IsLeft: true } or { IsRight: true });

    [Law]
    public void A_text_after_ERROR_reads_as_an_error_with_that_text(LineText word) =>
        Assert.Equal(Reply.Error(word), TestValues.Right(Protocol.Read($"error {word}")));

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
    public void A_line_that_is_not_a_reply_gives_an_error(string line, string name) =>
        Assert.Equal(name, NameOf(TestValues.Left(Protocol.Read(line))));

    [Fact]
    public void Invalid_UTF8_is_not_a_reply()
    {
        Assert.Equal("NotUtf8", NameOf(TestValues.Left(Protocol.Read(WireBytes.Bytes("ECHO \xFF")))));
        Assert.Equal(ReplyError.NotUtf8, TestValues.Left(Protocol.Read("ECHO \uD83D")));
        Assert.Equal("UTF-8", ReplyError.NotUtf8.Expected);
    }

    [Theory]
    [InlineData("", "a reply that begins with")]
    [InlineData("TIME", "TIME and a timestamp")]
    [InlineData("ECHO", "a text after")]
    public void An_error_describes_what_was_expected(string line, string expected)
    {
        var error = TestValues.Left(Protocol.Read(line));
        Assert.StartsWith(expected, error.Expected, StringComparison.Ordinal);
        Assert.Equal($"expected {error.Expected}", error.ToString());
    }

    [Law]
    public void Match_calls_the_function_of_the_reply(Reply reply) =>
        Assert.Equal(reply.Kind.ToString(), UnionMatch.Called(reply), ignoreCase: true);

    private static string NameOf(ReplyError error) =>
        error.Match(
            unrecognised: static () => nameof(ReplyError.Unrecognised),
            notUtf8: static () => nameof(ReplyError.NotUtf8),
            badTime: static () => nameof(ReplyError.BadTime),
            missingText: static () => nameof(ReplyError.MissingText)
        );
}
