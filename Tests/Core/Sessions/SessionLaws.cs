using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>Laws of conversations.</summary>
internal static class SessionLaws
{
    /// <summary>The segmentation of the received bytes changes neither output, close reason nor state.</summary>
    internal static void SegmentationMakesNoDifference(
        Conversation conversation,
        Segmentation segmentation,
        Limits limits,
        int? outputSize = null
    ) =>
        Assert.Equal(
            HostedConversation.Whole(conversation.Bytes, Segmentation.Whole, limits),
            HostedConversation.Whole(conversation.Bytes, segmentation, limits, outputSize)
        );

    /// <summary>The session and the model give the same output.</summary>
    internal static void AgreesWithTheModel(Conversation conversation, Limits limits) =>
        Assert.Equal(
            Model.OutputFor(WireBytes.Characters(conversation.Bytes.Span), limits),
            HostedConversation.Whole(conversation.Bytes, Segmentation.Whole, limits).Output
        );

    /// <summary>The same arguments give the same step and the same bytes.</summary>
    internal static void StepIsDeterministic(EventSequence sequence, Limits limits) =>
        Assert.Equal(Run(sequence, limits), Run(sequence, limits));

    /// <summary>The session leaves no more bytes unconsumed than a line may have.</summary>
    internal static void UnconsumedBytesAreBounded(
        ReadOnlyMemory<byte> bytes,
        Segmentation segmentation,
        Limits limits
    ) =>
        Assert.InRange(HostedConversation.Sent(bytes, segmentation, limits).MaxUnconsumed, 0, limits.MaxLine);

    private static List<(StepResult Step, string Output)> Run(EventSequence sequence, Limits limits)
    {
        var session = default(Session);
        var now = TestValues.Now;
        var steps = new List<(StepResult, string)>();
        foreach (TimedEvent timedEvent in sequence.Events)
        {
            now = now with { Monotonic = now.Monotonic + TimeSpan.FromMilliseconds(timedEvent.Milliseconds) };
            var destination = new byte[Session.MinOutputSize(limits)];
            var sessionEvent = EventSequences.ToSessionEvent(timedEvent.Name, timedEvent.Bytes);
            var step = SessionMachine.Step(session, sessionEvent, now, limits, destination);
            steps.Add((step, WireBytes.Characters(destination)));
            session = step.Session;
        }

        return steps;
    }
}
