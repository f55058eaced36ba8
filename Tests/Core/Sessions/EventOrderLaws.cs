using TinyTcp.Core.Replies;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Verbs;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>What a peer can rely on, whatever befalls the server, in whatever order.</summary>
internal static class EventOrderLaws
{
    /// <summary>At most one reply a line and one goodbye; BYE or goodbye last; nothing after the end.</summary>
    internal static void SpeaksInOrder(EventSequence happenings, Limits limits)
    {
        var host = new Host(limits);
        var received = "";
        foreach (TimedEvent happening in happenings.Events)
        {
            received += host.IsClosed ? "" : WireBytes.Characters(happening.Bytes.Span);
            Tell(host, happening);
        }

        var lines = host.Outcome.Said.Split('\n')[..^1].Select(Read).ToArray();
        var last = lines.Where(IsLastWord).ToArray();
        var greetings = lines.Where(static reply => reply == Protocol.Greeting).ToArray();
        var begun = received.Split('\n').Count(static line => line.Length > 0);
        Assert.InRange(last.Length, 0, 1);
        Assert.True(last.Length == 0 || IsLastWord(lines[^1]));
        Assert.True(last.Length == 0 || host.Session.State == SessionState.Ended);
        Assert.True(greetings.Length == 0 || (greetings.Length == 1 && lines[0] == Protocol.Greeting));
        Assert.InRange(lines.Count(static reply => !IsGoodbye(reply)) - greetings.Length, 0, begun);
        Assert.Equal(host.Session.State == SessionState.Ended, host.IsClosed);
    }

    /// <summary>Once closed, an event consumes everything, says nothing, leaves the state and gives the same reason.</summary>
    internal static void ClosedStaysClosed(EventSequence happenings, Limits limits)
    {
        var host = new Host(limits);
        foreach (TimedEvent happening in happenings.Events)
        {
            var before = host.Outcome;
            var wasClosed = host.IsClosed;
            Tell(host, happening);
            Assert.True(!wasClosed || before == host.Outcome);
            Assert.True(!wasClosed || host.Rest == 0 || happening.Name is not EventSequences.Received);
        }
    }

    internal static SessionState LastState(EventSequence happenings)
    {
        var host = new Host(Some.SmallLimits);
        foreach (TimedEvent happening in happenings.Events)
        {
            Tell(host, happening);
        }

        return host.Session.State;
    }

    private static void Tell(Host host, TimedEvent happening)
    {
        var monotonic = host.Now.Monotonic + TimeSpan.FromMilliseconds(happening.Milliseconds);
        host.Now = Some.At(monotonic);
        if (happening.Name is EventSequences.Received)
        {
            host.Receive(happening.Bytes);
        }
        else
        {
            host.Tell(EventSequences.Event(happening.Name, default));
        }
    }

    private static bool IsLastWord(Reply reply) => reply == Reply.Bye || IsGoodbye(reply);

    internal static bool IsGoodbye(Reply reply) => reply.AsError.Exists(static error => error.EndsConnection);

    private static Reply Read(string line) => Some.Right(Protocol.Read(WireBytes.Bytes(line)));
}
