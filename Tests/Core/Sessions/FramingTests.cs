using TinyTcp.Core.Sessions;
using TinyTcp.Core.Verbs;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>Lines, their limit, and what is discarded (F-1 to F-6).</summary>
public class FramingTests
{
    private const string TooLong = "ERROR LINE_TOO_LONG\n";

    private static readonly Limits Small = Some.SmallLimits;
    private static readonly int Limit = Small.MaxLine;

    public static TheoryData<int, string> Cuts =>
        new()
        {
            { 0, "whole" },
            { 1, "bytes" },
            { 63, "63" },
            { 64, "64" },
            { 65, "65" },
        };

    [Theory]
    [MemberData(nameof(Cuts))]
    public void A_line_may_have_as_many_bytes_as_the_limit_and_no_more(int size, string name)
    {
        Assert.Equal(Echo(Limit - 1), Said(EchoLine(Limit - 1), size));
        Assert.Equal(Echo(Limit), Said(EchoLine(Limit), size));
        Assert.Equal(TooLong, Said(EchoLine(Limit + 1), size));
        Assert.NotEmpty(name);
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public void White_space_CR_and_bytes_that_are_not_UTF8_count_towards_the_limit(int size, string name)
    {
        Assert.Equal("", Said(new string(' ', Limit) + "\n", size));
        Assert.Equal(TooLong, Said(new string('\r', Limit + 1) + "\n", size));
        Assert.Equal("ERROR BAD_ENCODING\n", Said(new string('\xFF', Limit) + "\n", size));
        Assert.Equal(TooLong, Said(new string('\xFF', Limit + 1) + "\n", size));
        Assert.NotEmpty(name);
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public void After_an_overlong_line_the_conversation_goes_on(int size, string name)
    {
        Assert.Equal(TooLong + Echo(Limit), Said(EchoLine(10 * Limit) + EchoLine(Limit), size));
        Assert.Equal(TooLong + TooLong, Said(EchoLine(Limit + 1) + EchoLine(3 * Limit), size));
        Assert.NotEmpty(name);
    }

    [Fact]
    public void It_is_said_as_soon_as_the_limit_is_passed_and_once_a_line()
    {
        var host = Opened();
        Assert.Equal("", host.Receive(new string('x', Limit)).TakeSaid());
        Assert.Equal(TooLong, host.Receive("x").TakeSaid());
        Assert.Equal("", host.Receive(new string('x', 100 * Limit)).TakeSaid());
        Assert.Equal("", host.Receive("\n").TakeSaid());
        Assert.Equal(SessionState.Idle, host.Session.State);
    }

    [Fact]
    public void A_line_without_end_leaves_nothing_to_keep()
    {
        var host = Opened();
        var megabyte = new byte[1024 * 1024];
        for (var piece = 0; piece < 16; piece++)
        {
            host.Receive(megabyte);
            Assert.Equal((0, SessionState.DiscardingLine), (host.Rest, host.Session.State));
        }
    }

    [Fact]
    public void A_peer_that_finishes_in_an_overlong_line_has_been_answered_already()
    {
        var host = Opened();
        Assert.Equal(
            TooLong,
            host.Receive(EchoLine(2 * Limit)[..^1]).Tell(SessionEvent.PeerFinished).TakeSaid()
        );
        Assert.Equal("PEER_FINISHED", host.Closed);
    }

    [Theory]
    [InlineData("T")]
    [InlineData(" ")]
    [InlineData("TIME\nTIME")]
    public void A_peer_that_finishes_in_mid_line_is_told_so(string sent)
    {
        var host = Opened().Receive(sent).Tell(SessionEvent.PeerFinished);
        Assert.EndsWith("ERROR UNTERMINATED_LINE\n", host.TakeSaid(), StringComparison.Ordinal);
        Assert.Equal("UNTERMINATED_LINE", host.Closed);
    }

    [Fact]
    public void Ten_thousand_requests_in_one_piece_are_answered_in_order()
    {
        var numbers = Enumerable.Range(0, 10_000).ToArray();
        var said = Said(string.Concat(numbers.Select(static number => $"echo {number}\n")), size: 0);
        Assert.Equal(string.Concat(numbers.Select(static number => $"ECHO {number}\n")), said);
    }

    [Fact]
    public void Without_room_nothing_is_done()
    {
        var step = SessionMachine.Step(default, SessionEvent.Opened, Some.Now, Small, []);
        Assert.Equal(new StepResult(default, 0, 0, NextAction.Flush), step);
        var open = Host.Opened(Small).Session;
        var room = new byte[Echo(Limit).Length - 1];
        var answer = SessionMachine.Step(
            open,
            SessionEvent.Received(WireBytes.Bytes(EchoLine(Limit))),
            Some.Now,
            Small,
            room
        );
        Assert.Equal(new StepResult(open, 0, 0, NextAction.Flush), answer);
        var goodbye = SessionMachine.Step(
            open,
            SessionEvent.ShutdownRequested,
            Some.Now,
            Small,
            room.AsSpan(0, 5)
        );
        Assert.Equal(new StepResult(open, 0, 0, NextAction.Flush), goodbye);
    }

    [Law]
    public void What_would_not_fit_comes_after_the_flush(Conversation sent, Cut cut) =>
        SessionLaws.CutsMakeNoDifference(sent, cut, Small, room: Session.MinOutputSize(Small));

    private static Host Opened()
    {
        var host = Host.Opened(Small);
        host.TakeSaid();
        return host;
    }

    private static string Said(string sent, int size)
    {
        var said = Play.Sent(WireBytes.Bytes(sent), size == 0 ? Cut.Whole : new Cut([size]), Small)
            .TakeSaid();
        return said[WireBytes.Line(Protocol.Greeting).Length..];
    }

    private static string EchoLine(int length) => $"ECHO {new string('x', length - 5)}\n";

    private static string Echo(int length) => EchoLine(length);
}
