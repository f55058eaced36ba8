using System.Text;
using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>What a conversation came to: everything said, why it closed (nothing where it did not), where it stands.</summary>
public sealed record Outcome(string Said, string Closed, SessionState State)
{
    public override string ToString() => $"{WireBytes.Show(WireBytes.Bytes(Said))}, {Closed}, {State}";
}

/// <summary>
/// A host in memory, as plain as can be: it keeps what was not consumed, gives it again with what comes next, and
/// takes what was written as sent. Here, and only here, a test does what a server does round a session.
/// </summary>
internal sealed class Host(Limits limits, int? room = null)
{
    private readonly StringBuilder said = new();
    private readonly byte[] destination = new byte[room ?? Session.MinOutputSize(limits)];
    private byte[] rest = [];

    internal Session Session { get; private set; }

    internal NextAction Next { get; private set; }

    internal Now Now { get; set; } = Some.Now;

    /// <summary>The most bytes that the session ever left to be kept while it asked for more.</summary>
    internal int LargestRest { get; private set; }

    /// <summary>How many bytes the session has left to be kept.</summary>
    internal int Rest => rest.Length;

    internal bool IsClosed => Closed.Length > 0;

    internal string Closed =>
        Next.Match(read: static () => "", flush: static () => "", close: static reason => reason.Name);

    internal Outcome Outcome => new(said.ToString(), Closed, Session.State);

    /// <summary>A host whose conversation has been opened.</summary>
    internal static Host Opened(Limits limits, int? room = null)
    {
        var host = new Host(limits, room);
        host.Tell(SessionEvent.Opened);
        return host;
    }

    /// <summary>Bytes arrive; the session is asked as long as it says Flush.</summary>
    internal Host Receive(ReadOnlyMemory<byte> bytes)
    {
        rest = [.. rest, .. bytes.Span];
        Tell(SessionEvent.Received(rest));
        while (IsFlush(Next))
        {
            Tell(SessionEvent.Received(rest));
        }

        LargestRest = Math.Max(LargestRest, rest.Length);
        return this;
    }

    internal Host Receive(string latin1) => Receive(WireBytes.Bytes(latin1));

    internal Host Tell(SessionEvent happened)
    {
        var step = SessionMachine.Step(Session, happened, Now, limits, destination);
        if (IsFlush(step.Next) && step.Written == 0 && destination.Length >= Session.MinOutputSize(limits))
        {
            throw new InvalidOperationException("there is room, and yet the session does not get on");
        }

        said.Append(WireBytes.Characters(destination.AsSpan(0, step.Written)));
        rest = rest[step.Consumed..];
        Session = step.Session;
        Next = step.Next;
        return this;
    }

    /// <summary>Everything said since the last time.</summary>
    internal string TakeSaid()
    {
        var taken = said.ToString();
        said.Clear();
        return taken;
    }

    private static bool IsFlush(NextAction next) => next == NextAction.Flush;
}
