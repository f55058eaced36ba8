using TinyTcp.Core.Sessions;
using TinyTcp.Core.Verbs;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>Lines, their limit, and the bytes that are discarded (F-1 to F-6).</summary>
public class FramingTests
{
    private const string TooLong = "ERROR LINE_TOO_LONG\n";

    private static readonly Limits Small = TestValues.SmallLimits;
    private static readonly int Limit = Small.MaxLine;

    /// <summary>Sizes of segments; 0 for one segment.</summary>
    public static TheoryData<int> SegmentSizes => [0, 1, 63, 64, 65];

    [Theory]
    [MemberData(nameof(SegmentSizes))]
    public void A_line_may_have_as_many_bytes_as_the_limit_and_no_more(int size)
    {
        Assert.Equal(Echo(Limit - 1), Output(EchoLine(Limit - 1), size));
        Assert.Equal(Echo(Limit), Output(EchoLine(Limit), size));
        Assert.Equal(TooLong, Output(EchoLine(Limit + 1), size));
    }

    [Theory]
    [MemberData(nameof(SegmentSizes))]
    public void White_space_CR_and_bytes_that_are_not_UTF8_count_towards_the_limit(int size)
    {
        Assert.Equal("", Output(new string(' ', Limit) + "\n", size));
        Assert.Equal(TooLong, Output(new string('\r', Limit + 1) + "\n", size));
        Assert.Equal("ERROR BAD_ENCODING\n", Output(new string('\xFF', Limit) + "\n", size));
        Assert.Equal(TooLong, Output(new string('\xFF', Limit + 1) + "\n", size));
    }

    [Theory]
    [MemberData(nameof(SegmentSizes))]
    public void After_an_overlong_line_the_conversation_continues(int size)
    {
        Assert.Equal(TooLong + Echo(Limit), Output(EchoLine(10 * Limit) + EchoLine(Limit), size));
        Assert.Equal(TooLong + TooLong, Output(EchoLine(Limit + 1) + EchoLine(3 * Limit), size));
    }

    [Fact]
    public void LINE_TOO_LONG_is_sent_once_per_line_as_soon_as_the_limit_is_exceeded()
    {
        var host = Opened();
        Assert.Equal("", host.Receive(new string('x', Limit)).TakeOutput());
        Assert.Equal(TooLong, host.Receive("x").TakeOutput());
        Assert.Equal("", host.Receive(new string('x', 100 * Limit)).TakeOutput());
        Assert.Equal("", host.Receive("\n").TakeOutput());
        Assert.Equal(SessionState.Idle, host.Session.State);
    }

    [Fact]
    public void A_line_without_end_leaves_no_unconsumed_bytes()
    {
        var host = Opened();
        var megabyte = new byte[1024 * 1024];
        for (var count = 0; count < 16; count++)
        {
            host.Receive(megabyte);
            Assert.Equal((0, SessionState.DiscardingLine), (host.Unconsumed, host.Session.State));
        }
    }

    [Fact]
    public void A_peer_that_finishes_inside_an_overlong_line_gets_no_second_error()
    {
        var host = Opened();
        Assert.Equal(
            TooLong,
            host.Receive(EchoLine(2 * Limit)[..^1]).Handle(SessionEvent.PeerFinished).TakeOutput()
        );
        Assert.Equal("PEER_FINISHED", host.CloseReason);
    }

    [Theory]
    [InlineData("T")]
    [InlineData(" ")]
    [InlineData("TIME\nTIME")]
    public void A_peer_that_finishes_inside_a_line_gets_UNTERMINATED_LINE(string sent)
    {
        var host = Opened().Receive(sent).Handle(SessionEvent.PeerFinished);
        Assert.EndsWith("ERROR UNTERMINATED_LINE\n", host.TakeOutput(), StringComparison.Ordinal);
        Assert.Equal("UNTERMINATED_LINE", host.CloseReason);
    }

    [Fact]
    public void Ten_thousand_requests_in_one_segment_get_replies_in_order()
    {
        var numbers = Enumerable.Range(0, 10_000).ToArray();
        var output = Output(string.Concat(numbers.Select(static number => $"echo {number}\n")), size: 0);
        Assert.Equal(string.Concat(numbers.Select(static number => $"ECHO {number}\n")), output);
    }

    [Fact]
    public void A_step_without_enough_space_returns_Flush_and_changes_nothing()
    {
        var step = SessionMachine.Step(default, SessionEvent.Opened, TestValues.Now, Small, []);
        Assert.Equal(new StepResult(default, 0, 0, NextAction.Flush), step);
        var session = Host.Opened(Small).Session;
        var destination = new byte[Echo(Limit).Length - 1];
        var reply = SessionMachine.Step(
            session,
            SessionEvent.Received(WireBytes.Bytes(EchoLine(Limit))),
            TestValues.Now,
            Small,
            destination
        );
        Assert.Equal(new StepResult(session, 0, 0, NextAction.Flush), reply);
        var goodbye = SessionMachine.Step(
            session,
            SessionEvent.ShutdownRequested,
            TestValues.Now,
            Small,
            destination.AsSpan(0, 5)
        );
        Assert.Equal(new StepResult(session, 0, 0, NextAction.Flush), goodbye);
    }

    private static Host Opened()
    {
        var host = Host.Opened(Small);
        host.TakeOutput();
        return host;
    }

    private static string Output(string sent, int size)
    {
        var segmentation = size == 0 ? Segmentation.Whole : new Segmentation([size]);
        var output = HostedConversation.Sent(WireBytes.Bytes(sent), segmentation, Small).TakeOutput();
        return output[WireBytes.Line(Protocol.Greeting).Length..];
    }

    private static string EchoLine(int length) => $"ECHO {new string('x', length - 5)}\n";

    private static string Echo(int length) => EchoLine(length);
}
