using TinyTcp.Core.Commands;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Wire;

/// <summary>The table of values and bytes, run out and in, byte by byte, and with bytes after the line.</summary>
public class WireTests
{
    private const string Trailing = "TIM";

    [Theory]
    [MemberData(nameof(WireCases.Replies), MemberType = typeof(WireCases))]
    public void A_reply_and_its_bytes_are_one(Reply reply, string wire)
    {
        Assert.Equal(wire, WireBytes.Line(reply));
        Assert.Equal(reply, Some.Right(Protocol.Read(WireBytes.Bytes(wire[..^1]))));
    }

    [Theory]
    [MemberData(nameof(WireCases.Commands), MemberType = typeof(WireCases))]
    public void A_command_and_its_bytes_are_one(Command command, string wire)
    {
        Assert.Equal(WireBytes.Bytes(wire[..^1]), WireBytes.Utf8(Protocol.Render(command)));
        Assert.Equal(command, Some.Right(Protocol.Parse(WireBytes.Bytes(wire[..^1]))));
    }

    [Theory]
    [MemberData(nameof(WireCases.Replies), MemberType = typeof(WireCases))]
    public void A_reply_is_whole_at_its_LF_and_not_before(Reply reply, string wire)
    {
        var bytes = WireBytes.Bytes(wire + Trailing);
        Assert.Equal(wire, WireBytes.Line(reply));
        for (var length = 0; length <= bytes.Length; length++)
        {
            Assert.Equal(
                length < wire.Length ? -1 : wire.Length - 1,
                LineFraming.IndexOfLineEnd(bytes.AsSpan(0, length), 0)
            );
        }
    }

    [Theory]
    [MemberData(nameof(WireCases.Commands), MemberType = typeof(WireCases))]
    public void A_command_is_answered_at_its_LF_and_not_before(Command command, string wire)
    {
        var host = Host.Opened(Limits.Default);
        foreach (var piece in wire[..^1])
        {
            host.TakeSaid();
            Assert.Equal("", host.Receive(piece.ToString()).TakeSaid());
        }

        Assert.Equal(WireBytes.Line(Protocol.Evaluate(command, Some.Moment)), host.Receive("\n").TakeSaid());
    }

    [Theory]
    [MemberData(nameof(WireCases.Commands), MemberType = typeof(WireCases))]
    public void Bytes_after_a_command_are_left_alone(Command command, string wire)
    {
        var host = Host.Opened(Limits.Default);
        host.TakeSaid();
        Assert.Equal(
            WireBytes.Line(Protocol.Evaluate(command, Some.Moment)),
            host.Receive(wire + Trailing).TakeSaid()
        );
        Assert.Equal(command == Command.Quit ? 0 : Trailing.Length, host.Rest);
    }
}
