using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>The laws of whole conversations (S-1, R-1, F-1 to F-7).</summary>
public class ConversationTests
{
    private static readonly Limits Small = Some.SmallLimits;
    private static readonly Limits ThreeErrors = Some.With(Small, "max-errors", 3);
    private static readonly Limits AnyErrors = Some.With(Small, "max-errors", 0);

    [Law]
    public void Any_cut_of_the_same_bytes_gives_the_same_conversation(Conversation sent, Cut cut) =>
        SessionLaws.CutsMakeNoDifference(sent, cut, Small);

    [Law]
    public void So_does_a_cut_after_every_byte(Conversation sent) =>
        SessionLaws.CutsMakeNoDifference(sent, Cut.ByteByByte, ThreeErrors);

    [Law]
    public void So_does_a_larger_destination(Conversation sent, Cut cut, byte more) =>
        SessionLaws.CutsMakeNoDifference(sent, cut, ThreeErrors, Session.MinOutputSize(Small) + more);

    [Law]
    public void The_session_says_what_the_model_says(Conversation sent) =>
        SessionLaws.SaysWhatTheModelSays(sent, Small);

    [Law]
    public void It_does_so_too_where_three_errors_are_too_many(Conversation sent) =>
        SessionLaws.SaysWhatTheModelSays(sent, ThreeErrors);

    [Law]
    public void It_does_so_too_where_any_number_of_errors_will_do(Conversation sent) =>
        SessionLaws.SaysWhatTheModelSays(sent, AnyErrors);

    [Law]
    public void What_is_left_to_keep_is_never_more_than_the_limit(AnyBytes sent, Cut cut) =>
        SessionLaws.TheRestIsBounded(sent.Bytes, cut, Small);

    [Law]
    public void The_same_events_at_the_same_times_give_the_same_steps(EventSequence happenings) =>
        SessionLaws.StepIsAFunction(happenings, ThreeErrors);

    [Law(times: 10)]
    public void Any_bytes_are_taken_and_nothing_is_thrown(AnyBytes bytes) =>
        Assert.NotNull(Host.Opened(Small).Receive(bytes.Bytes).Tell(SessionEvent.PeerFinished));
}
