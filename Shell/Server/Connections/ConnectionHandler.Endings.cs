using TinyTcp.Core.Sessions;
using TinyTcp.Server.Logging;
using TinyTcp.Server.Shutdown;
using TinyTcp.Systems;

namespace TinyTcp.Server.Connections;

/// <summary>
/// How connections end: by a deadline, a shutdown or an error. An orderly end has one path: last replies, FIN, discard
/// input until the peer has acknowledged them and for a second more, close (S-3).
/// </summary>
internal sealed partial class ConnectionHandler<TSystem>
{
    /// <summary>Handles every deadline that is due.</summary>
    /// <param name="observed">Up to when everything that arrived has been handled.</param>
    public void FireTimers(TimeSpan observed)
    {
        while (timers.TryDequeueDue(observed, out var slot))
        {
            try
            {
                Fire(slot, observed);
            }
            catch (OutOfMemoryException)
            {
                OnOutOfMemory(slot);
            }
        }
    }

    /// <summary>
    /// There was no memory to handle an event of a connection: it is reset, and no other. This allocates nothing.
    /// </summary>
    public void OnOutOfMemory(int slot)
    {
        limiter.AddOutOfMemory();
        if (connections[slot].State != SocketState.Free)
        {
            Reset(slot);
        }
    }

    /// <summary>The shutdown has begun: each connection gets its notice at a deadline of its own (S-9).</summary>
    public void OnShutdownBegun()
    {
        now = clock.Now;
        foreach (var slot in connections.Slots.ToList())
        {
            timers.Set(slot, Deadline(slot, connections[slot]));
        }
    }

    /// <summary>
    /// Closes every connection at once. Those that have not got the shutdown notice and have no replies pending get it before.
    /// </summary>
    /// <returns>How many of them were aborted: the peer has not acknowledged what was sent before this.</returns>
    public int EndAll()
    {
        now = clock.Now;
        return connections.Slots.ToList().Count(End);
    }

    /// <summary>Closes every connection at once, without a notice.</summary>
    public void AbortAll() => connections.Slots.ToList().ForEach(Abort);

    private bool End(int slot)
    {
        ref var connection = ref connections[slot];
        // Asked before the notice, which the peer cannot have acknowledged yet.
        var isDelivered = system.GetUnacknowledged(slot) == 0;
        if (connection.CanReceive)
        {
            Dispatch(slot, SessionEvent.ShutdownRequested);
        }

        var isAborted = connection.IsUnfinished || !isDelivered;
        if (connection.State != SocketState.Free)
        {
            Abort(slot);
        }

        return isAborted;
    }

    private void Fire(int slot, TimeSpan observed)
    {
        ref var connection = ref connections[slot];
        CheckDelivery(slot, ref connection);
        RetrySend(slot, ref connection);
        if (Deadline(slot, connection) is var due && due > observed)
        {
            timers.Set(slot, due);
        }
        else
        {
            Expire(slot, ref connection, observed);
        }
    }

    /// <summary>A connection's next deadline. It gets no shutdown notice while replies are pending.</summary>
    private TimeSpan Deadline(int slot, in Connection connection)
    {
        var notice = connection.CanReceive
            ? shutdown.NoticeDeadline(slot, connection.Session)
            : TimeSpan.MaxValue;
        return LoopShutdown.Earlier(
            LoopShutdown.Earlier(connection.Session.Deadline(limits), notice),
            NextCheck(connection)
        );
    }

    /// <summary>A deadline has passed. A peer that does not receive its replies gets a reset, so that it notices (S-12).</summary>
    private void Expire(int slot, ref Connection connection, TimeSpan observed)
    {
        var isStalled = connection.IsStalled;
        if (connection.State == SocketState.Open)
        {
            var hasExpired = connection.Session.Deadline(limits) <= observed;
            Dispatch(slot, hasExpired ? SessionEvent.TimerElapsed : SessionEvent.ShutdownRequested);
        }
        else if (!isStalled)
        {
            Close(slot);
        }

        if (isStalled)
        {
            Reset(slot);
        }
    }

    /// <summary>Sends the reason if the system takes it at once, and closes.</summary>
    private void RejectAtOnce(int slot, long connectionId, SessionEvent reason)
    {
        var step = SessionMachine.Step(default, reason, now, limits, replies);
        _ = system.Send(slot, replies.AsSpan(0, step.Written));
        system.ShutdownSend(slot);
        system.Close(slot);
        assigned.Remove();
        var peer = peers.Remove(slot);
        if (step.Next.Reason.IsSome)
        {
            log.Ended(connectionId, peer, (CloseReason)step.Next.Reason);
        }
    }

    private void MarkBroken(int slot, ref Connection connection, in IoError error)
    {
        connection.State = SocketState.Broken;
        log.Lost(connection.ConnectionId, peers[slot], error);
    }

    /// <summary>After every event: takes the next step of an end, and sets the timer.</summary>
    private void AfterEvent(int slot, ref Connection connection)
    {
        if (connection.State == SocketState.Flushing && connection.Output.IsEmpty)
        {
            connection.State = SocketState.Delivering;
            system.ShutdownSend(slot);
            BeginDelivery(ref connection);
            Step(slot, ref connection, SessionEvent.SendStalled);
            if (connection.PeerFinished)
            {
                AwaitAcknowledgement(slot, ref connection);
            }
        }

        if (connection.IsOver)
        {
            Close(slot);
        }
        else
        {
            timers.Set(slot, Deadline(slot, connection));
        }
    }

    /// <summary>Closes at once. If replies are pending the peer gets a reset, so that it notices (S-12).</summary>
    private void Abort(int slot)
    {
        if (connections[slot].Output.IsEmpty)
        {
            Close(slot);
        }
        else
        {
            Reset(slot);
        }
    }

    private void Reset(int slot)
    {
        system.AbortOnClose(slot);
        Close(slot);
    }

    private void Close(int slot)
    {
        var peer = peers.Remove(slot);
        if (connections[slot].IsCounted)
        {
            limiter.Release(peer);
        }
        else
        {
            lingeringRejections--;
        }

        assigned.Remove();
        timers.Clear(slot);
        connections.Remove(slot);
        system.Close(slot);
    }
}
