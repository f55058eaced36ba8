using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>Events in any order (R-1, R-3, S-1 to S-12).</summary>
public class EventOrderTests
{
    private static readonly Limits ThreeErrors = Some.With(Some.SmallLimits, "max-errors", 3);

    [Law]
    public void At_most_one_reply_a_line_and_one_last_word(EventSequence happenings) =>
        EventOrderLaws.SpeaksInOrder(happenings, ThreeErrors);

    [Law]
    public void Nothing_is_said_or_changed_after_the_end(EventSequence happenings) =>
        EventOrderLaws.ClosedStaysClosed(happenings, ThreeErrors);

    [Fact]
    public void Nothing_is_answered_before_the_greeting()
    {
        var host = new Host(Some.SmallLimits).Receive("TIME\nQUIT\n");
        Assert.Equal(new Outcome("", "", SessionState.New), host.Outcome);
        host.Tell(SessionEvent.Opened).Receive("");
        Assert.Equal("QUIT", host.Closed);
    }

    [Theory]
    [InlineData("opened")]
    [InlineData("server full")]
    [InlineData("address full")]
    public void An_open_conversation_is_not_opened_again(string again)
    {
        var host = Host.Opened(Some.SmallLimits).Receive("TI");
        var before = (host.Session, host.Outcome);
        host.Now = Some.At(host.Now.Monotonic + TimeSpan.FromSeconds(1));
        host.Tell(EventSequences.Event(again, default));
        Assert.Equal(before, (host.Session, host.Outcome));
    }

    [Theory]
    [InlineData("opened", "WELCOME, I'm TinyServer not pressure\n", "", SessionState.Greeted)]
    [InlineData("server full", "ERROR SERVER_BUSY\n", "SERVER_BUSY", SessionState.Ended)]
    [InlineData("address full", "ERROR TOO_MANY_CONNECTIONS\n", "TOO_MANY_CONNECTIONS", SessionState.Ended)]
    [InlineData("stopped", "ERROR SHUTTING_DOWN\n", "SHUTTING_DOWN", SessionState.Ended)]
    [InlineData("peer finished", "", "PEER_FINISHED", SessionState.Ended)]
    [InlineData("time passed", "", "", SessionState.New)]
    public void What_befalls_a_new_conversation(
        string name,
        string said,
        string closed,
        SessionState state
    ) =>
        Assert.Equal(
            new Outcome(said, closed, state),
            new Host(Some.SmallLimits).Tell(EventSequences.Event(name, default)).Outcome
        );

    [Theory]
    [InlineData("")]
    [InlineData("TIME\n")]
    [InlineData("TI")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public void A_stopping_host_says_so_wherever_the_conversation_stands(string before)
    {
        var host = Host.Opened(Some.SmallLimits).Receive(before);
        host.TakeSaid();
        Assert.Equal("ERROR SHUTTING_DOWN\n", host.Tell(SessionEvent.ShutdownRequested).TakeSaid());
        Assert.Equal("SHUTTING_DOWN", host.Closed);
    }
}
