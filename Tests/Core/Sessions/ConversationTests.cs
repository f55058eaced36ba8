using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>Laws of whole conversations (S-1, R-1, F-1 to F-7).</summary>
public class ConversationTests
{
    private static readonly Limits Small = TestValues.SmallLimits;
    private static readonly Limits ThreeErrors = TestValues.With(Small, "max-errors", 3);
    private static readonly Limits NoErrorLimit = TestValues.With(Small, "max-errors", 0);

    [Law]
    public void Any_segmentation_of_the_same_bytes_gives_the_same_outcome(
        Conversation sent,
        Segmentation segmentation
    ) => SessionLaws.SegmentationMakesNoDifference(sent, segmentation, Small);

    [Law]
    public void Segments_of_one_byte_give_the_same_outcome(Conversation sent) =>
        SessionLaws.SegmentationMakesNoDifference(sent, Segmentation.ByteByByte, ThreeErrors);

    [Law]
    public void A_larger_destination_gives_the_same_outcome(
        Conversation sent,
        Segmentation segmentation,
        byte extra
    ) =>
        SessionLaws.SegmentationMakesNoDifference(
            sent,
            segmentation,
            ThreeErrors,
            Session.MinOutputSize(Small) + extra
        );

    [Law]
    public void The_session_and_the_model_agree_with_the_default_error_limit(Conversation sent) =>
        SessionLaws.AgreesWithTheModel(sent, Small);

    [Law]
    public void The_session_and_the_model_agree_with_an_error_limit_of_three(Conversation sent) =>
        SessionLaws.AgreesWithTheModel(sent, ThreeErrors);

    [Law]
    public void The_session_and_the_model_agree_without_an_error_limit(Conversation sent) =>
        SessionLaws.AgreesWithTheModel(sent, NoErrorLimit);

    [Law]
    public void Unconsumed_bytes_never_exceed_the_line_limit(AnyBytes sent, Segmentation segmentation) =>
        SessionLaws.UnconsumedBytesAreBounded(sent.Bytes, segmentation, Small);

    [Law]
    public void The_same_events_at_the_same_times_give_the_same_steps(EventSequence sequence) =>
        SessionLaws.StepIsDeterministic(sequence, ThreeErrors);

    [Law(times: 10)]
    public void Any_bytes_are_handled_without_an_exception(AnyBytes bytes) =>
        Assert.NotNull(Host.Opened(Small).Receive(bytes.Bytes).Handle(SessionEvent.PeerFinished));
}
