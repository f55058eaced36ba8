using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Commands;

/// <summary>Parsing lines as commands (C-1 to C-6, F-2, F-7, J-1).</summary>
public class ParseTests
{
    private static readonly string[] LoneSurrogates = ["ECHO \uD83D", "\uDE00", "TIME \uDE00\uD83D"];

    [Law]
    public void Parse_undoes_render(Command command) => ParseLaws.ParseUndoesRender(command);

    [Law]
    public void Render_and_TryRender_agree_on_a_command(Command command) =>
        ParseLaws.RenderAndTryRenderAgree(command);

    [Law]
    public void Characters_and_their_bytes_parse_to_the_same_command(RequestLine line) =>
        ParseLaws.CharactersAndBytesAgree(line);

    [Law]
    public void The_letter_case_of_a_verb_makes_no_difference(Command command, int mask) =>
        ParseLaws.VerbCaseMakesNoDifference(command, mask);

    [Law]
    public void White_space_around_verb_and_text_makes_no_difference(
        Command command,
        int before,
        int between,
        int after
    ) => ParseLaws.WhiteSpaceMakesNoDifference(command, before, between, after);

    [Law]
    public void TIME_HELP_and_QUIT_ignore_their_argument(LineText argument) =>
        Assert.All(
            [CommandTable.Time, CommandTable.Help, CommandTable.Quit],
            row => ParseLaws.ArgumentsAreIgnored(row, argument)
        );

    [Law]
    public void The_session_replies_to_a_line_as_Parse_Evaluate_and_Render_do(RequestLine line) =>
        ParseLaws.TheSessionEqualsParseEvaluateAndRender(line);

    [Law]
    public void Any_bytes_parse_to_a_command_or_an_error(AnyBytes any) => AssertIsCommandOrError(any.Bytes);

    [Law]
    public void Any_characters_parse_to_a_command_or_an_error(AnyString any) =>
        Assert.True(Protocol.Parse(any.Characters) is { IsLeft: true } or { IsRight: true });

    [Theory]
    [InlineData("TıME", "UNKNOWN_COMMAND")]
    [InlineData("tİme", "UNKNOWN_COMMAND")]
    [InlineData("QUıT", "UNKNOWN_COMMAND")]
    [InlineData("ＴＩＭＥ", "UNKNOWN_COMMAND")]
    [InlineData("\u00A0TIME", "UNKNOWN_COMMAND")]
    [InlineData("TIME\u2003now", "UNKNOWN_COMMAND")]
    [InlineData("\u0085", "UNKNOWN_COMMAND")]
    [InlineData("\uFEFFTIME", "UNKNOWN_COMMAND")]
    [InlineData("TIME\0", "UNKNOWN_COMMAND")]
    [InlineData("TIMES", "UNKNOWN_COMMAND")]
    [InlineData("TIM", "UNKNOWN_COMMAND")]
    [InlineData("", "UNKNOWN_COMMAND")]
    [InlineData(" \t\v\f\r", "UNKNOWN_COMMAND")]
    [InlineData("ECHO", "BAD_ARGUMENTS")]
    [InlineData("echo \t\v\f\r", "BAD_ARGUMENTS")]
    [InlineData("TIME\nTIME", "BAD_ARGUMENTS")]
    [InlineData("GET / HTTP/1.1", "WRONG_PROTOCOL")]
    [InlineData("\r GET / HTTP/1.1 \r", "WRONG_PROTOCOL")]
    [InlineData("x HTTP/0.9", "WRONG_PROTOCOL")]
    [InlineData(" HTTP/1.1", "UNKNOWN_COMMAND")]
    [InlineData("x HTTP/1.", "UNKNOWN_COMMAND")]
    [InlineData("x HTTP/1", "UNKNOWN_COMMAND")]
    [InlineData("x HTTP/a.1", "UNKNOWN_COMMAND")]
    [InlineData("x HTTP/1.b", "UNKNOWN_COMMAND")]
    [InlineData("x HTTP/1-1", "UNKNOWN_COMMAND")]
    [InlineData("x http/1.1", "UNKNOWN_COMMAND")]
    [InlineData("x\tHTTP/1.1", "UNKNOWN_COMMAND")]
    public void A_line_that_is_not_a_command_gives_an_error(string line, string code) =>
        Assert.Equal(code, TestValues.Left(Protocol.Parse(line)).Name);

    [Theory]
    [InlineData("ECHO see HTTP/1.1", "see HTTP/1.1")]
    [InlineData("echo  a \t b ", "a \t b")]
    [InlineData("ECHO\vQUIT", "QUIT")]
    [InlineData("ECHO \u00A0", "\u00A0")]
    [InlineData("ECHO \0\x1B", "\0\x1B")]
    public void ECHO_keeps_white_space_and_control_characters_inside_its_text(string line, string text) =>
        Assert.Equal(Command.Echo(TestValues.Text(text)), TestValues.Right(Protocol.Parse(line)));

    [Fact]
    public void A_lone_surrogate_gives_BAD_ENCODING() =>
        Assert.All(
            LoneSurrogates,
            static line => Assert.Equal(ErrorCode.BadEncoding, TestValues.Left(Protocol.Parse(line)))
        );

    [Law]
    public void Match_calls_the_function_of_the_command(Command command) =>
        Assert.Equal(command.Kind.ToString(), UnionMatch.Called(command), ignoreCase: true);

    private static void AssertIsCommandOrError(ReadOnlyMemory<byte> bytes) =>
        Assert.True(Protocol.Parse(bytes) is { IsLeft: true } or { IsRight: true });
}
