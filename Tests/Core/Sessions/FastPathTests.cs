using TinyTcp.Core.Commands;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Verbs;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>The fast path gives the bytes that Parse, Evaluate and Render give, and takes every plain ECHO.</summary>
public class FastPathTests
{
    private static readonly int MaxLine = Some.SmallLimits.MaxLine;

    [Law]
    public void Its_replies_are_those_of_parse_evaluate_and_render(Conversation sent, byte size) =>
        AnswersLikeTheVerbs(sent.Bytes, size);

    [Law]
    public void So_are_its_replies_to_rendered_requests(Command[] commands, byte size) =>
        AnswersLikeTheVerbs(
            WireBytes.Utf8(string.Concat(commands.Select(static one => $"{Protocol.Render(one)}\n"))),
            size
        );

    [Law]
    public void It_takes_a_rendered_command_exactly_if_it_is_an_ECHO(Command command)
    {
        var request = WireBytes.Utf8($"{Protocol.Render(command)}\n");
        var copied = FastPath.Echo(request, request.Length, new byte[request.Length]);
        Assert.Equal(command.Kind == CommandKind.Echo ? request.Length : 0, copied);
    }

    [Theory]
    [InlineData("ECHO a\nECHO b\nTIME\nECHO c\n", 14)]
    [InlineData("ECHO a\nECHO b\r\nECHO c\n", 7)]
    [InlineData("ECHO a\nECHO b", 7)]
    [InlineData("ECHO a\n\nECHO b\n", 7)]
    public void It_stops_at_the_first_line_that_is_not_a_plain_ECHO(string sent, int length) =>
        Assert.Equal(sent[..length], Echo(WireBytes.Bytes(sent), 1024));

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
    [InlineData("TIME\n")]
    [InlineData("\n")]
    [InlineData("")]
    public void It_leaves_every_other_line_to_the_verbs(string sent) =>
        Assert.Equal("", Echo(WireBytes.Bytes(sent), 1024));

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void It_takes_a_line_as_long_as_the_limit_and_no_longer_one(int over, bool isTaken)
    {
        var line = "ECHO ".PadRight(MaxLine + over, 'x') + "\n";
        Assert.Equal(isTaken ? line : "", Echo(WireBytes.Bytes(line), 1024));
    }

    private static void AnswersLikeTheVerbs(ReadOnlyMemory<byte> bytes, int size)
    {
        var reply = Echo(bytes, size);
        var lines = reply.Split('\n');
        Assert.Equal("", lines[^1]);
        Assert.StartsWith(reply, WireBytes.Characters(bytes.Span), StringComparison.Ordinal);
        Assert.All(lines, static line => Assert.InRange(line.Length, 0, MaxLine));
        Assert.Equal(string.Concat(lines[..^1].Select(ByTheVerbs)), reply);
    }

    private static string ByTheVerbs(string line) =>
        WireBytes.Line(Protocol.Evaluate(Protocol.Parse(WireBytes.Bytes(line)), Some.Moment));

    private static string Echo(ReadOnlyMemory<byte> bytes, int size)
    {
        var destination = new byte[size];
        var length = FastPath.Echo(bytes.Span, MaxLine, destination);
        return WireBytes.Characters(destination.AsSpan(0, length));
    }
}
