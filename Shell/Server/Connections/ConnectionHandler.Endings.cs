using TinyTcp.Core.Sessions;
using TinyTcp.Server.Logging;
using TinyTcp.Systems;

namespace TinyTcp.Server.Connections;

/// <summary>
/// How connections end: by a deadline, a shutdown or an error. An orderly end has one path: last replies, FIN, discard input, close
/// (S-3).
/// </summary>
internal sealed partial class ConnectionHandler<TSystem>
{
    /// <summary>Handles every deadline that is due.</summary>
    public void FireTimers()
    {
        while (timers.TryDequeueDue(now.Monotonic, out var slot))
        {
            ref var connection = ref connections[slot];
            if (Deadline(slot, connection) is var due && due > now.Monotonic)
            {
                timers.Set(slot, due);
            }
            else if (connection.State == SocketState.Open)
            {
                var hasExpired = connection.Session.Deadline(limits) <= now.Monotonic;
                Dispatch(slot, hasExpired ? SessionEvent.TimerElapsed : SessionEvent.ShutdownRequested);
            }
            else
            {
                Abort(slot);
            }
        }
    }

    /// <summary>The shutdown has begun: each connection gets its notice at a deadline of its own (S-9).</summary>
    public void OnShutdownBegun()
    {
        foreach (var slot in connections.Slots.ToList())
        {
            timers.Set(slot, Deadline(slot, connections[slot]));
        }
    }

    /// <summary>Sends the shutdown notice now to every connection that has not got it and has no replies pending.</summary>
    public void NotifyAll()
    {
        foreach (var slot in connections.Slots.Where(slot => connections[slot].CanReceive).ToList())
        {
            Dispatch(slot, SessionEvent.ShutdownRequested);
        }
    }

    /// <summary>Closes every connection at once.</summary>
    /// <returns>How many of them were unfinished.</returns>
    public int AbortAll()
    {
        var aborted = 0;
        foreach (var slot in connections.Slots.ToList())
        {
            aborted += connections[slot].IsUnfinished ? 1 : 0;
            Abort(slot);
        }

        return aborted;
    }

    /// <summary>A connection's next deadline. It gets no shutdown notice while replies are pending.</summary>
    private TimeSpan Deadline(int slot, in Connection connection)
    {
        var session = connection.Session.Deadline(limits);
        var notice = connection.CanReceive
            ? shutdown.NoticeDeadline(slot, connection.Session)
            : TimeSpan.MaxValue;
        return session < notice ? session : notice;
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
            connection.State = SocketState.Lingering;
            system.ShutdownSend(slot);
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
        if (!connections[slot].Output.IsEmpty)
        {
            system.AbortOnClose(slot);
        }

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
