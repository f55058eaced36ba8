using TinyTcp.Core.Commands;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Verbs;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>The fast path writes the bytes of Parse, Evaluate and Render, and handles every canonical ECHO.</summary>
public class FastPathTests
{
    private static readonly int MaxLine = TestValues.SmallLimits.MaxLine;

    [Law]
    public void Replies_equal_those_of_Parse_Evaluate_and_Render(Conversation sent, byte size) =>
        AssertRepliesAreEqual(sent.Bytes, size);

    [Law]
    public void Replies_to_rendered_requests_equal_those_of_Parse_Evaluate_and_Render(
        Command[] commands,
        byte size
    ) =>
        AssertRepliesAreEqual(
            WireBytes.Utf8(string.Concat(commands.Select(static command => $"{Protocol.Render(command)}\n"))),
            size
        );

    [Law]
    public void The_fast_path_handles_every_rendered_ECHO_and_no_other_command(Command command)
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
    public void The_fast_path_stops_at_the_first_line_that_is_not_a_canonical_ECHO(string sent, int length) =>
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
    public void The_fast_path_handles_no_other_line(string sent) =>
        Assert.Equal("", Echo(WireBytes.Bytes(sent), 1024));

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void The_fast_path_handles_lines_up_to_the_limit(int excess, bool isHandled)
    {
        var line = "ECHO ".PadRight(MaxLine + excess, 'x') + "\n";
        Assert.Equal(isHandled ? line : "", Echo(WireBytes.Bytes(line), 1024));
    }

    private static void AssertRepliesAreEqual(ReadOnlyMemory<byte> bytes, int size)
    {
        var reply = Echo(bytes, size);
        var lines = reply.Split('\n');
        Assert.Equal("", lines[^1]);
        Assert.StartsWith(reply, WireBytes.Characters(bytes.Span), StringComparison.Ordinal);
        Assert.All(lines, static line => Assert.InRange(line.Length, 0, MaxLine));
        Assert.Equal(string.Concat(lines[..^1].Select(ReplyWithoutFastPath)), reply);
    }

    private static string ReplyWithoutFastPath(string line) =>
        WireBytes.Line(Protocol.Evaluate(Protocol.Parse(WireBytes.Bytes(line)), TestValues.Moment));

    private static string Echo(ReadOnlyMemory<byte> bytes, int size)
    {
        var destination = new byte[size];
        var length = FastPath.Echo(bytes.Span, MaxLine, destination);
        return WireBytes.Characters(destination.AsSpan(0, length));
    }
}
