using TinyTcp.Core.Sessions;
using TinyTcp.Server.Logging;
using TinyTcp.Systems;

namespace TinyTcp.Server.Connections;

/// <summary>
/// How connections end: by a deadline, a shutdown or an error. An orderly end has one path: last replies, FIN, drain, close
/// (S-3).
/// </summary>
internal sealed partial class ConnectionHandler<TSystem>
{
    /// <summary>Handles every deadline that is due.</summary>
    public void FireTimers()
    {
        while (timers.TryDequeueDue(now.Monotonic, out var id))
        {
            ref var connection = ref connections[id];
            if (Deadline(id, connection) is var due && due > now.Monotonic)
            {
                timers.Set(id, due);
            }
            else if (connection.State == SocketState.Open)
            {
                var isOver = connection.Session.Deadline(limits) <= now.Monotonic;
                Dispatch(id, isOver ? SessionEvent.TimerElapsed : SessionEvent.ShutdownRequested);
            }
            else
            {
                Abort(id);
            }
        }
    }

    /// <summary>The shutdown has begun: each connection gets its notice at a deadline of its own (S-9).</summary>
    public void OnShutdownBegun()
    {
        foreach (var id in connections.Ids.ToList())
        {
            timers.Set(id, Deadline(id, connections[id]));
        }
    }

    /// <summary>Sends the shutdown notice now to every connection that has not got it and has no replies pending.</summary>
    public void NotifyAll()
    {
        foreach (var id in connections.Ids.Where(id => connections[id].CanReceive).ToList())
        {
            Dispatch(id, SessionEvent.ShutdownRequested);
        }
    }

    /// <summary>Closes every connection at once.</summary>
    /// <returns>How many of them were unfinished.</returns>
    public int AbortAll()
    {
        var aborted = 0;
        foreach (var id in connections.Ids.ToList())
        {
            aborted += connections[id].IsUnfinished ? 1 : 0;
            Abort(id);
        }

        return aborted;
    }

    /// <summary>A connection's next deadline. It gets no shutdown notice while replies are pending.</summary>
    private TimeSpan Deadline(int id, in Connection connection)
    {
        var session = connection.Session.Deadline(limits);
        var notice = connection.CanReceive
            ? shutdown.NoticeDeadline(id, connection.Session)
            : TimeSpan.MaxValue;
        return session < notice ? session : notice;
    }

    /// <summary>Sends the reason if the system takes it at once, and closes.</summary>
    private void Reject(int id, long connectionId, SessionEvent reason)
    {
        var step = SessionMachine.Step(default, reason, now, limits, replies);
        _ = system.Send(id, replies.AsSpan(0, step.Written));
        system.ShutdownSend(id);
        system.Close(id);
        assigned.Remove();
        var peer = peers.Remove(id);
        if (step.Next.Reason.IsSome)
        {
            log.Ended(connectionId, peer, (CloseReason)step.Next.Reason);
        }
    }

    private void MarkBroken(int id, ref Connection connection, in IoError error)
    {
        connection.State = SocketState.Broken;
        log.Lost(connection.ConnectionId, peers[id], error);
    }

    /// <summary>After every event: takes the next step of an end, and sets the timer.</summary>
    private void AfterEvent(int id, ref Connection connection)
    {
        if (connection.State == SocketState.Flushing && connection.Output.IsEmpty)
        {
            connection.State = SocketState.Lingering;
            system.ShutdownSend(id);
        }

        if (connection.IsOver)
        {
            Close(id);
        }
        else
        {
            timers.Set(id, Deadline(id, connection));
        }
    }

    /// <summary>Closes at once. If replies are pending the peer gets a reset, so that it notices (S-12).</summary>
    private void Abort(int id)
    {
        if (!connections[id].Output.IsEmpty)
        {
            system.AbortOnClose(id);
        }

        Close(id);
    }

    private void Close(int id)
    {
        var peer = peers.Remove(id);
        if (connections[id].IsCounted)
        {
            limiter.Release(peer);
        }
        else
        {
            rejectedCount--;
        }

        assigned.Remove();
        timers.Clear(id);
        connections.Remove(id);
        system.Close(id);
    }
}
