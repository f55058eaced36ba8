using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.Admission;
using TinyTcp.Server.Logging;
using TinyTcp.Server.Shutdown;
using TinyTcp.Systems;

namespace TinyTcp.Server.Connections;

/// <summary>
/// Carries bytes between sockets and sessions: what a session says is sent, what it leaves is held, and every ending
/// takes one path (S-3): last words, FIN, drain, close.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A lens has nothing to give back.")]
internal sealed partial class ConnectionHandler<TSystem>(
    TSystem system,
    Limits limits,
    AcceptShare share,
    ILogger log
)
    where TSystem : ISystem
{
    private readonly ConnectionTable connections = new();
    private readonly TimerHeap timers = new();
    private readonly UnmanagedMemoryManager lens = new();
    private readonly PeerEndPoints peers = new(() =>
        share.Limiter.NeedsPeerAddress || log.IsEnabled(LogLevel.Debug)
    );
    private readonly byte[] replies = GC.AllocateUninitializedArray<byte>(
        Math.Max(limits.MaxUnreadOutput, Session.MinOutputSize(limits)),
        pinned: true
    );
    private byte[] concatenated = [];
    private Now now;
    private ShutdownNotices notices = ShutdownNotices.None;

    /// <summary>How many connections there are, in whatever stage.</summary>
    public int Count => connections.Count;

    /// <summary>When <see cref="FireTimers"/> is due; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    public TimeSpan NextDue => timers.NextDue;

    /// <summary>Sets the time for all that follows.</summary>
    public void SetTime(in Now time) => now = time;

    /// <summary>A connection came: greets it, or refuses it where there is no place.</summary>
    public void OnAccepted(int id)
    {
        var serial = share.Limiter.NextConnectionId();
        var peer = peers.Add(id, system);
        var outcome = share.Acquire(peer);
        log.Opened(serial, peer);
        if (
            outcome != SessionEvent.Opened
            && connections.Count - share.Count >= ConnectionLimiter.MaxLingeringRejections
        )
        {
            Reject(id, serial, outcome);
            return;
        }

        connections.Add(id, serial).IsCounted = outcome == SessionEvent.Opened;
        Dispatch(id, outcome);
    }

    /// <summary>Bytes came.</summary>
    public void OnReceived(int id, ReadOnlyMemory<byte> bytes)
    {
        ref var connection = ref connections[id];
        if (connection.State != SocketState.Open)
        {
            connection.Input.Clear();
            Step(id, ref connection, SessionEvent.Received(bytes));
        }
        else if (bytes.Length < connection.Input.Length)
        {
            // Of a line that comes in little pieces, what has come is not copied again with each of them.
            connection.Input.Append(bytes.Span);
            connection.Input.Consume(ProcessInput(id, ref connection, lens.MemoryOf(connection.Input)));
        }
        else
        {
            var all = connection.Input.IsEmpty ? bytes : Concatenate(ref connection.Input, bytes);
            var consumed = ProcessInput(id, ref connection, all);
            connection.Input.Append(all.Span[consumed..]);
        }

        AfterEvent(id, ref connection);
    }

    /// <summary>The peer will send nothing more.</summary>
    public void OnPeerFinished(int id)
    {
        ref var connection = ref connections[id];
        connection.PeerFinished = true;
        if (connection.State == SocketState.Open)
        {
            Dispatch(id, SessionEvent.PeerFinished);
        }
        else
        {
            Close(id);
        }
    }

    /// <summary>There is room again: sends what waits, then goes on where the conversation stopped.</summary>
    public void OnWritable(int id)
    {
        ref var connection = ref connections[id];
        var sent = Send(id, ref connection, connection.Output.Bytes);
        connection.Output.Consume(sent);
        if (connection.Output.IsEmpty)
        {
            system.WatchReadable(id);
            Step(id, ref connection, SessionEvent.SendCompleted);
        }
        else if (sent > 0)
        {
            Step(id, ref connection, SessionEvent.SendProgressed);
        }

        if (connection.CanReceive)
        {
            connection.Input.Consume(ProcessInput(id, ref connection, lens.MemoryOf(connection.Input)));
        }

        AfterEvent(id, ref connection);
    }

    /// <summary>The connection is lost.</summary>
    public void OnConnectionLost(int id, IoError fault)
    {
        MarkBroken(id, ref connections[id], fault);
        Close(id);
    }

    /// <summary>Tells the session something other than bytes.</summary>
    private void Dispatch(int id, SessionEvent happened)
    {
        ref var connection = ref connections[id];
        Step(id, ref connection, happened);
        AfterEvent(id, ref connection);
    }

    /// <summary>Says what the session makes of something other than bytes.</summary>
    private void Step(int id, ref Connection connection, SessionEvent happened) =>
        Apply(id, ref connection, SessionMachine.Step(connection.Session, happened, now, limits, replies));

    /// <summary>Gives the session bytes until it wants more, or its replies find no room.</summary>
    /// <returns>How many of the bytes are done with.</returns>
    private int ProcessInput(int id, ref Connection connection, ReadOnlyMemory<byte> bytes)
    {
        var consumed = 0;
        StepResult step;
        do
        {
            var rest = SessionEvent.Received(bytes[consumed..]);
            step = SessionMachine.Step(connection.Session, rest, now, limits, replies);
            consumed += step.Consumed;
            Apply(id, ref connection, step);
        } while (step.Next == NextAction.Flush && connection.CanReceive);

        return consumed;
    }

    /// <summary>Puts a cut line, which is held no longer, and what came next together.</summary>
    /// <returns>Both, until the next call.</returns>
    private ReadOnlyMemory<byte> Concatenate(ref PendingBytes line, ReadOnlyMemory<byte> bytes)
    {
        var length = line.Length + bytes.Length;
        if (concatenated.Length < length)
        {
            concatenated = GC.AllocateUninitializedArray<byte>(Math.Max(length, 2 * concatenated.Length));
        }

        line.Bytes.CopyTo(concatenated);
        bytes.Span.CopyTo(concatenated.AsSpan(line.Length));
        line.Clear();
        return concatenated.AsMemory(0, length);
    }

    /// <summary>Carries out what a step asks for.</summary>
    private void Apply(int id, ref Connection connection, in StepResult step)
    {
        connection.Session = step.Session;
        var said = replies.AsSpan(0, step.Written);
        if (!said.IsEmpty)
        {
            SendOrBuffer(id, ref connection, said);
        }

        if (step.Next.Reason.IsSome && connection.State == SocketState.Open)
        {
            connection.State = SocketState.Flushing;
            log.Ended(connection.ConnectionId, peers[id], (CloseReason)step.Next.Reason);
        }
    }

    /// <summary>
    /// Sends what can be sent, and holds the rest until there is room. Nothing is said while replies wait, so nothing can
    /// overtake them.
    /// </summary>
    private void SendOrBuffer(int id, ref Connection connection, ReadOnlySpan<byte> said)
    {
        connection.Output.Append(said[Send(id, ref connection, said)..]);
        if (!connection.Output.IsEmpty)
        {
            system.WatchWritable(id);
            Step(id, ref connection, SessionEvent.SendStalled);
        }
    }

    /// <summary>Sends what can be sent; a connection that turns out to be lost is marked so.</summary>
    private int Send(int id, ref Connection connection, ReadOnlySpan<byte> bytes)
    {
        var outcome = system.Send(id, bytes);
        if (outcome.IsRight)
        {
            return (int)outcome;
        }

        MarkBroken(id, ref connection, (IoError)outcome);
        return 0;
    }
}
