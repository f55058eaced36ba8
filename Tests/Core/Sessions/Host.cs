using System.Text;
using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>The result of a conversation: its output, its close reason (empty while open) and its state.</summary>
public sealed record Outcome(string Output, string CloseReason, SessionState State)
{
    public override string ToString() => $"{WireBytes.Show(WireBytes.Bytes(Output))}, {CloseReason}, {State}";
}

/// <summary>
/// A host in memory. It keeps unconsumed bytes, passes them to the session again with the next ones, and treats output
/// as sent at once.
/// </summary>
internal sealed class Host(Limits limits, int? outputSize = null)
{
    private readonly StringBuilder output = new();
    private readonly byte[] destination = new byte[outputSize ?? Session.MinOutputSize(limits)];
    private byte[] unconsumed = [];

    internal Session Session { get; private set; }

    internal NextAction Next { get; private set; }

    internal Now Now { get; set; } = TestValues.Now;

    /// <summary>The largest number of bytes that were unconsumed when the session asked for more.</summary>
    internal int MaxUnconsumed { get; private set; }

    /// <summary>The number of unconsumed bytes.</summary>
    internal int Unconsumed => unconsumed.Length;

    internal bool IsClosed => CloseReason.Length > 0;

    internal string CloseReason =>
        Next.Match(read: static () => "", flush: static () => "", close: static reason => reason.Name);

    internal Outcome Outcome => new(output.ToString(), CloseReason, Session.State);

    /// <summary>A host with a conversation that has been opened.</summary>
    internal static Host Opened(Limits limits, int? outputSize = null)
    {
        var host = new Host(limits, outputSize);
        host.Handle(SessionEvent.Opened);
        return host;
    }

    /// <summary>Receives bytes. Repeats the step while the session returns Flush.</summary>
    internal Host Receive(ReadOnlyMemory<byte> bytes)
    {
        unconsumed = [.. unconsumed, .. bytes.Span];
        Handle(SessionEvent.Received(unconsumed));
        while (IsFlush(Next))
        {
            Handle(SessionEvent.Received(unconsumed));
        }

        MaxUnconsumed = Math.Max(MaxUnconsumed, unconsumed.Length);
        return this;
    }

    internal Host Receive(string latin1) => Receive(WireBytes.Bytes(latin1));

    internal Host Handle(SessionEvent sessionEvent)
    {
        var step = SessionMachine.Step(Session, sessionEvent, Now, limits, destination);
        if (IsFlush(step.Next) && step.Written == 0 && destination.Length >= Session.MinOutputSize(limits))
        {
            throw new InvalidOperationException(
                "The destination is large enough, but the step made no progress."
            );
        }

        output.Append(WireBytes.Characters(destination.AsSpan(0, step.Written)));
        unconsumed = unconsumed[step.Consumed..];
        Session = step.Session;
        Next = step.Next;
        return this;
    }

    /// <summary>Returns and clears the output.</summary>
    internal string TakeOutput()
    {
        var taken = output.ToString();
        output.Clear();
        return taken;
    }

    private static bool IsFlush(NextAction next) => next == NextAction.Flush;
}
