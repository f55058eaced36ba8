using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Commands;

/// <summary>From lines to commands (C-1 to C-6, F-2, F-7, J-1).</summary>
public class ParseTests
{
    private static readonly string[] HalfPairs = ["ECHO \uD83D", "\uDE00", "TIME \uDE00\uD83D"];

    [Law]
    public void Parse_undoes_render(Command command) => ParseLaws.ParseUndoesRender(command);

    [Law]
    public void A_command_is_rendered_alike_to_characters_and_bytes(Command command) =>
        ParseLaws.BothRendersAgree(command);

    [Law]
    public void Characters_and_their_bytes_are_parsed_alike(RequestLine line) =>
        ParseLaws.BothFacesAgree(line);

    [Law]
    public void The_letter_case_of_a_verb_makes_no_difference(Command command, int mask) =>
        ParseLaws.VerbCaseMakesNoDifference(command, mask);

    [Law]
    public void White_space_round_and_between_makes_no_difference(
        Command command,
        int before,
        int between,
        int after
    ) => ParseLaws.WhiteSpaceMakesNoDifference(command, before, between, after);

    [Law]
    public void TIME_HELP_and_QUIT_ignore_what_follows(LineText argument) =>
        Assert.All(
            [CommandTable.Time, CommandTable.Help, CommandTable.Quit],
            row => ParseLaws.ArgumentsAreIgnored(row, argument)
        );

    [Law]
    public void The_session_answers_a_line_as_the_three_verbs_do(RequestLine line) =>
        ParseLaws.TheSessionIsTheComposition(line);

    [Law]
    public void Any_bytes_are_a_command_or_an_error(AnyBytes any) => IsEither(any.Bytes);

    [Law]
    public void So_are_any_characters(AnyString any) =>
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
    public void Lines_that_are_no_command(string line, string code) =>
        Assert.Equal(code, Some.Left(Protocol.Parse(line)).Name);

    [Theory]
    [InlineData("ECHO see HTTP/1.1", "see HTTP/1.1")]
    [InlineData("echo  a \t b ", "a \t b")]
    [InlineData("ECHO\vQUIT", "QUIT")]
    [InlineData("ECHO \u00A0", "\u00A0")]
    [InlineData("ECHO \0\x1B", "\0\x1B")]
    public void ECHO_keeps_what_is_inside(string line, string text) =>
        Assert.Equal(Command.Echo(Some.Text(text)), Some.Right(Protocol.Parse(line)));

    [Fact]
    public void Half_a_surrogate_pair_has_no_encoding() =>
        Assert.All(
            HalfPairs,
            static line => Assert.Equal(ErrorCode.BadEncoding, Some.Left(Protocol.Parse(line)))
        );

    [Law]
    public void Each_command_calls_its_own_function_of_a_match(Command command) =>
        Assert.Equal(command.Kind.ToString(), UnionMatch.Called(command), ignoreCase: true);

    private static void IsEither(ReadOnlyMemory<byte> bytes) =>
        Assert.True(Protocol.Parse(bytes) is { IsLeft: true } or { IsRight: true });
}
