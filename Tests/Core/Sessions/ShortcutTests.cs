using TinyTcp.Core.Commands;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>The short way says what the long one says, and is taken wherever it may be.</summary>
public class ShortcutTests
{
    private static readonly int MaxLine = Some.SmallLimits.MaxLine;

    [Law]
    public void What_it_answers_is_what_parse_evaluate_and_render_say(Conversation sent) =>
        AnswersLikeTheComposition(sent.Bytes, Session.MinOutputSize(Some.SmallLimits));

    [Law]
    public void So_it_does_in_whatever_room(Conversation sent, byte room) =>
        AnswersLikeTheComposition(sent.Bytes, room);

    [Law]
    public void So_it_does_with_requests_as_clients_write_them(Command[] commands, byte room)
    {
        var requests = WireBytes.Utf8(
            string.Concat(commands.Select(static one => $"{Protocol.Render(one)}\n"))
        );
        AnswersLikeTheComposition(requests, room);
    }

    [Law]
    public void It_takes_each_TIME_and_ECHO_as_render_writes_them(LineText text)
    {
        Assert.All([Command.Time, Command.Echo(text)], static command => Assert.True(IsTaken(command)));
        Assert.All([Command.Help, Command.Quit], static command => Assert.False(IsTaken(command)));
    }

    [Theory]
    [InlineData("ECHO a\nTIME\nECHO b\n", 19)]
    [InlineData("ECHO a\nECHO b\r\nECHO c\n", 7)]
    [InlineData("ECHO a\nTIME", 7)]
    [InlineData("TIME\nQUIT\nTIME\n", 5)]
    [InlineData("ECHO a\n\nECHO b\n", 7)]
    public void It_goes_as_far_as_requests_are_plain(string sent, int consumed) =>
        Assert.Equal(consumed, Answer(WireBytes.Bytes(sent), 1024).Consumed);

    [Theory]
    [InlineData("ECHO \n")]
    [InlineData("ECHO\n")]
    [InlineData("ECHO  a\n")]
    [InlineData("ECHO a \n")]
    [InlineData("ECHO\ta\n")]
    [InlineData("ECHOa b\n")]
    [InlineData("echo a\n")]
    [InlineData(" ECHO a\n")]
    [InlineData("ECHO \xFF\n")]
    [InlineData("TIME \n")]
    [InlineData("TIMES\n")]
    [InlineData("\n")]
    [InlineData("")]
    public void It_leaves_alone_what_is_written_otherwise(string sent) =>
        Assert.Equal((0, ""), Answer(WireBytes.Bytes(sent), 1024));

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void It_takes_a_line_as_long_as_the_limit_and_none_longer(int over, bool isTaken)
    {
        var line = "ECHO ".PadRight(MaxLine + over, 'x') + "\n";
        Assert.Equal(isTaken ? line : "", Answer(WireBytes.Bytes(line), 1024).Said);
    }

    private static void AnswersLikeTheComposition(ReadOnlyMemory<byte> bytes, int room)
    {
        var (consumed, said) = Answer(bytes, room);
        var answered = WireBytes.Characters(bytes.Span[..consumed]).Split('\n');
        Assert.Equal("", answered[^1]);
        Assert.All(answered, static line => Assert.InRange(line.Length, 0, MaxLine));
        Assert.Equal(string.Concat(answered[..^1].Select(LongWay)), said);
    }

    private static string LongWay(string line) =>
        WireBytes.Line(Protocol.Evaluate(Protocol.Parse(WireBytes.Bytes(line)), Some.Wall));

    private static bool IsTaken(Command command)
    {
        var request = WireBytes.Utf8($"{Protocol.Render(command)}\n");
        var room = new byte[64 + request.Length];
        return Shortcut.Answer(request, Some.Wall, request.Length, room).Consumed == request.Length;
    }

    private static (int Consumed, string Said) Answer(ReadOnlyMemory<byte> bytes, int room)
    {
        var destination = new byte[room];
        var (consumed, written) = Shortcut.Answer(bytes.Span, Some.Wall, MaxLine, destination);
        return (consumed, WireBytes.Characters(destination.AsSpan(0, written)));
    }
}
