using TinyTcp.Core.Sessions;
using TinyTcp.Server.Logging;
using TinyTcp.Server.Shutdown;
using TinyTcp.Systems;

namespace TinyTcp.Server.Connections;

/// <summary>
/// How conversations end: by a deadline, by a stop, by a loss. The way out is one: last words, FIN, drain, close (S-3).
/// </summary>
internal sealed partial class ConnectionHandler<TSystem>
{
    /// <summary>Ends conversations whose time is over, and closes where an ending has taken too long.</summary>
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

    /// <summary>From now on everybody is told that the server stops, each when it is quiet, and closed (S-9).</summary>
    public void BeginShutdown()
    {
        notices = ShutdownNotices.From(now.Monotonic, connections.Count);
        foreach (var id in connections.Ids.ToList())
        {
            timers.Set(id, Deadline(id, connections[id]));
        }
    }

    /// <summary>Tells whoever has not been told yet that the server stops; to whom replies wait for, nothing can be said.</summary>
    public void NotifyAll()
    {
        foreach (var id in connections.Ids.Where(id => connections[id].CanReceive).ToList())
        {
            Dispatch(id, SessionEvent.ShutdownRequested);
        }
    }

    /// <summary>Closes everything, whatever has not been said.</summary>
    /// <returns>How many conversations that cut.</returns>
    public int AbortAll()
    {
        var cut = 0;
        foreach (var id in connections.Ids.ToList())
        {
            cut += connections[id].IsUnfinished ? 1 : 0;
            Abort(id);
        }

        return cut;
    }

    /// <summary>When a connection is to be looked at, whatever happens: who has replies to take is not yet told.</summary>
    private TimeSpan Deadline(int id, in Connection connection)
    {
        var own = connection.Session.Deadline(limits);
        var told = connection.CanReceive ? notices.Deadline(id, connection.Session) : TimeSpan.MaxValue;
        return own < told ? own : told;
    }

    /// <summary>Refuses without waiting for anything: the reason is sent if it can be.</summary>
    private void Reject(int id, long serial, SessionEvent why)
    {
        StepResult step = SessionMachine.Step(default, why, now, limits, replies);
        _ = system.Send(id, replies.AsSpan(0, step.Written));
        system.ShutdownSend(id);
        system.Close(id);
        log.Ended(serial, peers.Remove(id), (CloseReason)step.Next.Reason);
    }

    private void MarkBroken(int id, ref Connection connection, IoError fault)
    {
        connection.State = SocketState.Broken;
        log.Lost(connection.ConnectionId, peers[id], fault);
    }

    /// <summary>After every event: takes the next step of an ending, and sets the alarm.</summary>
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

    /// <summary>Closes, whatever has not been said: where replies wait, the peer is told by a reset (S-12).</summary>
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
            share.Release(peer);
        }

        timers.Clear(id);
        connections.Remove(id);
        system.Close(id);
    }
}
