using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>What holds of every conversation, as named functions.</summary>
internal static class SessionLaws
{
    /// <summary>How a stream is cut into pieces is not to be seen in what is said, why it closed, or where it stands.</summary>
    internal static void CutsMakeNoDifference(
        Conversation conversation,
        Cut cut,
        Limits limits,
        int? room = null
    ) =>
        Assert.Equal(
            Play.Whole(conversation.Bytes, Cut.Whole, limits),
            Play.Whole(conversation.Bytes, cut, limits, room)
        );

    /// <summary>The session says what the obvious model says.</summary>
    internal static void SaysWhatTheModelSays(Conversation conversation, Limits limits) =>
        Assert.Equal(
            Model.Answer(WireBytes.Characters(conversation.Bytes.Span), limits),
            Play.Whole(conversation.Bytes, Cut.Whole, limits).Said
        );

    /// <summary>The same arguments give the same step and the same bytes.</summary>
    internal static void StepIsAFunction(EventSequence happenings, Limits limits) =>
        Assert.Equal(Run(happenings, limits), Run(happenings, limits));

    /// <summary>While the session asks for more it leaves no more to be kept than a line's limit.</summary>
    internal static void TheRestIsBounded(ReadOnlyMemory<byte> bytes, Cut cut, Limits limits) =>
        Assert.InRange(Play.Sent(bytes, cut, limits).LargestRest, 0, limits.MaxLine);

    private static List<(StepResult Step, string Said)> Run(EventSequence happenings, Limits limits)
    {
        var session = default(Session);
        var now = Some.Now;
        var steps = new List<(StepResult, string)>();
        foreach (TimedEvent happening in happenings.Events)
        {
            now = now with { Monotonic = now.Monotonic + TimeSpan.FromMilliseconds(happening.Milliseconds) };
            var destination = new byte[Session.MinOutputSize(limits)];
            var happened = EventSequences.Event(happening.Name, happening.Bytes);
            var step = SessionMachine.Step(session, happened, now, limits, destination);
            steps.Add((step, WireBytes.Characters(destination)));
            session = step.Session;
        }

        return steps;
    }
}
