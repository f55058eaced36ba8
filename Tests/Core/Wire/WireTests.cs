using TinyTcp.Core.Commands;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Wire;

/// <summary>The table of values and bytes: rendered, read, byte by byte, and with bytes after the line.</summary>
public class WireTests
{
    private const string Trailing = "TIM";

    [Theory]
    [MemberData(nameof(WireCases.Replies), MemberType = typeof(WireCases))]
    public void A_reply_is_rendered_to_its_bytes_and_read_from_them(Reply reply, string wire)
    {
        Assert.Equal(wire, WireBytes.Line(reply));
        Assert.Equal(reply, TestValues.Right(Protocol.Read(WireBytes.Bytes(wire[..^1]))));
    }

    [Theory]
    [MemberData(nameof(WireCases.Commands), MemberType = typeof(WireCases))]
    public void A_command_is_rendered_to_its_bytes_and_parsed_from_them(Command command, string wire)
    {
        Assert.Equal(WireBytes.Bytes(wire[..^1]), WireBytes.Utf8(Protocol.Render(command)));
        Assert.Equal(command, TestValues.Right(Protocol.Parse(WireBytes.Bytes(wire[..^1]))));
    }

    [Theory]
    [MemberData(nameof(WireCases.Replies), MemberType = typeof(WireCases))]
    public void A_reply_ends_at_its_LF_and_not_before(Reply reply, string wire)
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
    public void A_command_gets_its_reply_at_its_LF_and_not_before(Command command, string wire)
    {
        var host = Host.Opened(Limits.Default);
        foreach (var character in wire[..^1])
        {
            host.TakeOutput();
            Assert.Equal("", host.Receive(character.ToString()).TakeOutput());
        }

        Assert.Equal(
            WireBytes.Line(Protocol.Evaluate(command, TestValues.Moment)),
            host.Receive("\n").TakeOutput()
        );
    }

    [Theory]
    [MemberData(nameof(WireCases.Commands), MemberType = typeof(WireCases))]
    public void Bytes_after_a_command_stay_unconsumed(Command command, string wire)
    {
        var host = Host.Opened(Limits.Default);
        host.TakeOutput();
        Assert.Equal(
            WireBytes.Line(Protocol.Evaluate(command, TestValues.Moment)),
            host.Receive(wire + Trailing).TakeOutput()
        );
        Assert.Equal(command == Command.Quit ? 0 : Trailing.Length, host.Unconsumed);
    }
}
