using TinyTcp.Core.Replies;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Verbs;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>What holds for a peer after any events in any order.</summary>
internal static class EventOrderLaws
{
    /// <summary>
    /// The greeting is the first reply. Each line gets at most one reply. BYE or a goodbye is sent at most once, as the
    /// last reply.
    /// </summary>
    internal static void RepliesAreInOrder(EventSequence sequence, Limits limits)
    {
        var host = new Host(limits);
        var received = "";
        foreach (TimedEvent timedEvent in sequence.Events)
        {
            received += host.IsClosed ? "" : WireBytes.Characters(timedEvent.Bytes.Span);
            Handle(host, timedEvent);
        }

        var lines = host.Outcome.Output.Split('\n')[..^1].Select(Read).ToArray();
        var finalReplies = lines.Where(IsFinalReply).ToArray();
        var greetings = lines.Where(static reply => reply == Protocol.Greeting).ToArray();
        var lineCount = received.Split('\n').Count(static line => line.Length > 0);
        Assert.InRange(finalReplies.Length, 0, 1);
        Assert.True(finalReplies.Length == 0 || IsFinalReply(lines[^1]));
        Assert.True(finalReplies.Length == 0 || host.Session.State == SessionState.Ended);
        Assert.True(greetings.Length == 0 || (greetings.Length == 1 && lines[0] == Protocol.Greeting));
        Assert.InRange(lines.Count(static reply => !IsGoodbye(reply)) - greetings.Length, 0, lineCount);
        Assert.Equal(host.Session.State == SessionState.Ended, host.IsClosed);
    }

    /// <summary>After the close, an event consumes all bytes and changes neither output, reason nor state.</summary>
    internal static void ClosedSessionsDoNotChange(EventSequence sequence, Limits limits)
    {
        var host = new Host(limits);
        foreach (TimedEvent timedEvent in sequence.Events)
        {
            var before = host.Outcome;
            var wasClosed = host.IsClosed;
            Handle(host, timedEvent);
            Assert.True(!wasClosed || before == host.Outcome);
            Assert.True(!wasClosed || host.Unconsumed == 0 || timedEvent.Name is not EventSequences.Received);
        }
    }

    internal static SessionState LastState(EventSequence sequence)
    {
        var host = new Host(TestValues.SmallLimits);
        foreach (TimedEvent timedEvent in sequence.Events)
        {
            Handle(host, timedEvent);
        }

        return host.Session.State;
    }

    private static void Handle(Host host, TimedEvent timedEvent)
    {
        var monotonic = host.Now.Monotonic + TimeSpan.FromMilliseconds(timedEvent.Milliseconds);
        host.Now = TestValues.At(monotonic);
        if (timedEvent.Name is EventSequences.Received)
        {
            host.Receive(timedEvent.Bytes);
        }
        else
        {
            host.Handle(EventSequences.ToSessionEvent(timedEvent.Name, default));
        }
    }

    private static bool IsFinalReply(Reply reply) => reply == Reply.Bye || IsGoodbye(reply);

    internal static bool IsGoodbye(Reply reply) => reply.AsError.Exists(static error => error.EndsConnection);

    private static Reply Read(string line) => TestValues.Right(Protocol.Read(WireBytes.Bytes(line)));
}
