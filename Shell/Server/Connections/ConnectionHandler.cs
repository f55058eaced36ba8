using Microsoft.Extensions.Logging;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.Admission;
using TinyTcp.Server.Logging;
using TinyTcp.Server.Shutdown;
using TinyTcp.Systems;

namespace TinyTcp.Server.Connections;

/// <summary>
/// Connects a loop's sockets with their sessions: it passes input to the session, sends the replies, and keeps what could
/// not be processed or sent yet.
/// </summary>
internal sealed partial class ConnectionHandler<TSystem>
    where TSystem : ISystem
{
    private readonly TSystem system;
    private readonly Limits limits;
    private readonly ConnectionLimiter limiter;
    private readonly AssignedConnections assigned;
    private readonly LoopShutdown shutdown;
    private readonly LoopClock clock;
    private readonly ILogger log;
    private readonly ConnectionTable connections;
    private readonly TimerHeap timers = new();
    private readonly PeerEndPoints peers = new();
    private readonly TimeSpan writeCheck;
    private readonly byte[] replies;
    private byte[] joined = [];
    private int lingeringRejections;

    // Read when an event has been taken, or a peer asked: what that brought came before. The process may have been stopped
    // since the turn began, and no timer may start before what starts it.
    private Now now;

    /// <summary>Begins without connections.</summary>
    /// <param name="system">The loop's system.</param>
    /// <param name="limits">The limits of sessions.</param>
    /// <param name="limiter">The limits on the number of connections, of all loops together.</param>
    /// <param name="assigned">The connections that are assigned to this loop.</param>
    /// <param name="shutdown">The loop's shutdown.</param>
    /// <param name="clock">The loop's clocks.</param>
    /// <param name="log">The log.</param>
    public ConnectionHandler(
        TSystem system,
        Limits limits,
        ConnectionLimiter limiter,
        AssignedConnections assigned,
        LoopShutdown shutdown,
        LoopClock clock,
        ILogger log
    )
    {
        this.system = system;
        this.limits = limits;
        this.limiter = limiter;
        this.assigned = assigned;
        this.shutdown = shutdown;
        this.clock = clock;
        this.log = log;
        connections = new ConnectionTable(Allocator);
        writeCheck =
            limits.WriteTimeout > TimeSpan.Zero
                ? limits.WriteTimeout / ChecksPerWriteTimeout
                : TimeSpan.MaxValue;
        replies = GC.AllocateUninitializedArray<byte>(MaxPendingOutput(limits), pinned: true);
    }

    /// <summary>How many connections there are, in any state.</summary>
    public int Count => connections.Count;

    /// <summary>When <see cref="FireTimers"/> is due; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    public TimeSpan NextDue => timers.NextDue;

    /// <summary>The allocator of the buffers of pending bytes.</summary>
    public BufferAllocator Allocator { get; } = new();

    /// <summary>
    /// How many bytes of replies a connection can keep (<c>max-unread-output</c>, S-12): as many as one step writes, because
    /// there is no next step before all are sent. One step must be able to write the longest reply.
    /// </summary>
    internal static int MaxPendingOutput(Limits limits) =>
        Math.Max(limits.MaxUnreadOutput, Session.MinOutputSize(limits));

    /// <summary>Allocates what a connection in a slot needs besides the buffers of its pending bytes.</summary>
    public void Reserve(int slot)
    {
        connections.Reserve(slot);
        timers.Reserve(slot);
        peers.Reserve();
    }

    /// <summary>A connection was accepted, and its slot reserved: greets it, or rejects it if the limits do not allow it.</summary>
    public void OnAccepted(int slot, in AcceptedSocket accepted)
    {
        now = clock.Now;
        var connectionId = limiter.NextConnectionId();
        peers.Add(slot, accepted.Peer);
        log.Opened(connectionId, accepted.Peer);
        if (!accepted.IsCounted && lingeringRejections >= ConnectionLimiter.MaxLingeringRejections)
        {
            RejectAtOnce(slot, connectionId, accepted.FirstEvent);
            return;
        }

        lingeringRejections += accepted.IsCounted ? 0 : 1;
        connections.Add(slot, connectionId, accepted.IsCounted);
        Dispatch(slot, accepted.FirstEvent);
    }

    /// <summary>Bytes were received.</summary>
    public void OnReceived(int slot, ReadOnlyMemory<byte> bytes)
    {
        now = clock.Now;
        ref var connection = ref connections[slot];
        if (connection.State != SocketState.Open)
        {
            // Delivering or lingering: the session counts the bytes that it discards, so that there is an end to it (S-3).
            connection.Input.Clear(Allocator);
            Step(slot, ref connection, SessionEvent.Received(bytes));
        }
        else if (bytes.Length < connection.Input.Length)
        {
            // Appended in place, so that a line that arrives in small segments is not copied with each.
            connection.Input.Append(bytes.Span, Allocator);
            ProcessPendingInput(slot, ref connection);
        }
        else
        {
            var all = connection.Input.IsEmpty ? bytes : Join(ref connection.Input, bytes);
            var consumed = ProcessInput(slot, ref connection, all);
            connection.Input.Append(all.Span[consumed..], Allocator);
        }

        AfterEvent(slot, ref connection);
    }

    /// <summary>The peer sends nothing more.</summary>
    public void OnPeerFinished(int slot)
    {
        now = clock.Now;
        ref var connection = ref connections[slot];
        var isRepeated = connection.PeerFinished;
        connection.PeerFinished = true;
        if (connection.State == SocketState.Open)
        {
            Dispatch(slot, SessionEvent.PeerFinished);
            return;
        }

        if (isRepeated)
        {
            CheckDelivery(slot, ref connection);
        }
        else
        {
            AwaitAcknowledgement(slot, ref connection);
        }

        AfterEvent(slot, ref connection);
    }

    /// <summary>The connection is lost.</summary>
    public void OnLost(int slot, in IoError error)
    {
        MarkBroken(slot, ref connections[slot], error);
        Close(slot);
    }

    /// <summary>Passes an event without bytes to the session.</summary>
    private void Dispatch(int slot, SessionEvent sessionEvent)
    {
        ref var connection = ref connections[slot];
        Step(slot, ref connection, sessionEvent);
        AfterEvent(slot, ref connection);
    }

    private void Step(int slot, ref Connection connection, SessionEvent sessionEvent) =>
        Apply(
            slot,
            ref connection,
            SessionMachine.Step(connection.Session, sessionEvent, now, limits, replies)
        );

    private void ProcessPendingInput(int slot, ref Connection connection)
    {
        if (connection.CanReceive)
        {
            var consumed = ProcessInput(slot, ref connection, connection.Input.Bytes);
            connection.Input.Consume(consumed, Allocator);
        }
    }

    /// <summary>Passes bytes to the session until it needs more, or its replies cannot be sent.</summary>
    /// <returns>How many bytes are processed.</returns>
    private int ProcessInput(int slot, ref Connection connection, ReadOnlyMemory<byte> bytes)
    {
        var consumed = 0;
        StepResult step;
        do
        {
            var rest = SessionEvent.Received(bytes[consumed..]);
            step = SessionMachine.Step(connection.Session, rest, now, limits, replies);
            consumed += step.Consumed;
            Apply(slot, ref connection, step);
        } while (step.Next == NextAction.Flush && connection.CanReceive);

        return consumed;
    }

    /// <summary>Joins an unfinished line, which is then no longer pending, and the bytes that follow it.</summary>
    /// <returns>Both, valid until the next call.</returns>
    private ReadOnlyMemory<byte> Join(ref PendingBytes line, ReadOnlyMemory<byte> bytes)
    {
        var length = line.Length + bytes.Length;
        if (joined.Length < length)
        {
            joined = GC.AllocateUninitializedArray<byte>(Math.Max(length, 2 * joined.Length));
        }

        line.Bytes.CopyTo(joined);
        bytes.CopyTo(joined.AsMemory(line.Length));
        line.Clear(Allocator);
        return joined.AsMemory(0, length);
    }

    /// <summary>Carries out the effects of a step.</summary>
    private void Apply(int slot, ref Connection connection, in StepResult step)
    {
        connection.Session = step.Session;
        if (step.Written > 0)
        {
            SendOrBuffer(slot, ref connection, replies.AsSpan(0, step.Written));
        }

        if (step.Next.Reason.IsSome && connection.State == SocketState.Open)
        {
            connection.State = SocketState.Flushing;
            log.Ended(connection.ConnectionId, peers[slot], (CloseReason)step.Next.Reason);
        }
    }
}
