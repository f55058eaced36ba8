using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>Events in any order (R-1, R-3, S-1 to S-12).</summary>
public class EventOrderTests
{
    private static readonly Limits ThreeErrors = TestValues.With(TestValues.SmallLimits, "max-errors", 3);

    [Law]
    public void A_line_gets_at_most_one_reply_and_a_conversation_one_final_reply(EventSequence sequence) =>
        EventOrderLaws.RepliesAreInOrder(sequence, ThreeErrors);

    [Law]
    public void After_the_close_an_event_writes_and_changes_nothing(EventSequence sequence) =>
        EventOrderLaws.ClosedSessionsDoNotChange(sequence, ThreeErrors);

    [Fact]
    public void No_request_is_processed_before_the_greeting()
    {
        var host = new Host(TestValues.SmallLimits).Receive("TIME\nQUIT\n");
        Assert.Equal(new Outcome("", "", SessionState.New), host.Outcome);
        host.Handle(SessionEvent.Opened).Receive("");
        Assert.Equal("QUIT", host.CloseReason);
    }

    [Theory]
    [InlineData("opened")]
    [InlineData("server full")]
    [InlineData("address full")]
    public void An_open_conversation_ignores_another_opening(string again)
    {
        var host = Host.Opened(TestValues.SmallLimits).Receive("TI");
        var before = (host.Session, host.Outcome);
        host.Now = TestValues.At(host.Now.Monotonic + TimeSpan.FromSeconds(1));
        host.Handle(EventSequences.ToSessionEvent(again, default));
        Assert.Equal(before, (host.Session, host.Outcome));
    }

    [Theory]
    [InlineData("opened", "WELCOME, I'm TinyServer not pressure\n", "", SessionState.Greeted)]
    [InlineData("server full", "ERROR SERVER_BUSY\n", "SERVER_BUSY", SessionState.Ended)]
    [InlineData("address full", "ERROR TOO_MANY_CONNECTIONS\n", "TOO_MANY_CONNECTIONS", SessionState.Ended)]
    [InlineData("shutdown requested", "ERROR SHUTTING_DOWN\n", "SHUTTING_DOWN", SessionState.Ended)]
    [InlineData("peer finished", "", "PEER_FINISHED", SessionState.Ended)]
    [InlineData("timer elapsed", "", "", SessionState.New)]
    public void A_new_conversation_handles_each_event(
        string name,
        string output,
        string closeReason,
        SessionState state
    ) =>
        Assert.Equal(
            new Outcome(output, closeReason, state),
            new Host(TestValues.SmallLimits).Handle(EventSequences.ToSessionEvent(name, default)).Outcome
        );

    [Theory]
    [InlineData("")]
    [InlineData("TIME\n")]
    [InlineData("TI")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public void A_shutdown_sends_SHUTTING_DOWN_in_every_open_state(string before)
    {
        var host = Host.Opened(TestValues.SmallLimits).Receive(before);
        host.TakeOutput();
        Assert.Equal("ERROR SHUTTING_DOWN\n", host.Handle(SessionEvent.ShutdownRequested).TakeOutput());
        Assert.Equal("SHUTTING_DOWN", host.CloseReason);
    }
}
