using TinyTcp.Core.Sessions;
using TinyTcp.Systems;

namespace TinyTcp.Server.Loop;

/// <summary>
/// How conversations end: by a deadline, by a stop, by a loss. The way out is one: last words, FIN, drain, close (S-3).
/// </summary>
internal sealed partial class Conversations<TSystem>
{
    /// <summary>Ends conversations whose time is over, and closes where an ending has taken too long.</summary>
    public void Ring()
    {
        while (alarms.TryRing(now.Monotonic, out var id))
        {
            ref var connection = ref connections[id];
            if (Deadline(id, connection) is var due && due > now.Monotonic)
            {
                alarms.Set(id, due);
            }
            else if (connection.Stage == Stage.Talking)
            {
                var isOver = connection.Session.Deadline(limits) <= now.Monotonic;
                Tell(id, isOver ? SessionEvent.TimerElapsed : SessionEvent.ShutdownRequested);
            }
            else
            {
                Cut(id);
            }
        }
    }

    /// <summary>From now on everybody is told that the server stops, each when it is quiet, and closed (S-9).</summary>
    public void Stop()
    {
        notices = Notices.From(now.Monotonic, connections.Count);
        foreach (var id in connections.Ids.ToList())
        {
            alarms.Set(id, Deadline(id, connections[id]));
        }
    }

    /// <summary>Tells whoever has not been told yet that the server stops; to whom replies wait for, nothing can be said.</summary>
    public void TellAll()
    {
        foreach (var id in connections.Ids.Where(id => connections[id].CanTalk).ToList())
        {
            Tell(id, SessionEvent.ShutdownRequested);
        }
    }

    /// <summary>Closes everything, whatever has not been said.</summary>
    /// <returns>How many conversations that cut.</returns>
    public int CutAll()
    {
        var cut = 0;
        foreach (var id in connections.Ids.ToList())
        {
            cut += connections[id].IsUnfinished ? 1 : 0;
            Cut(id);
        }

        return cut;
    }

    /// <summary>When a connection is to be looked at, whatever happens: who has replies to take is not yet told.</summary>
    private TimeSpan Deadline(int id, in Connection connection)
    {
        var own = connection.Session.Deadline(limits);
        var told = connection.CanTalk ? notices.Deadline(id, connection.Session) : TimeSpan.MaxValue;
        return own < told ? own : told;
    }

    /// <summary>Refuses without waiting for anything: the reason is sent if it can be.</summary>
    private void TurnAway(int id, long serial, SessionEvent why)
    {
        StepResult step = Session.Step(default, why, now, limits, replies);
        _ = system.Send(id, replies.AsSpan(0, step.Written));
        system.FinishSending(id);
        system.Close(id);
        log.Ended(serial, peers.Remove(id), (CloseReason)step.Next.Reason);
    }

    private void Break(int id, ref Connection connection, Fault fault)
    {
        connection.Stage = Stage.Broken;
        log.Lost(connection.Serial, peers[id], fault);
    }

    /// <summary>After every event: takes the next step of an ending, and sets the alarm.</summary>
    private void Conclude(int id, ref Connection connection)
    {
        if (connection.Stage == Stage.Flushing && connection.Output.IsEmpty)
        {
            connection.Stage = Stage.Draining;
            system.FinishSending(id);
        }

        if (connection.IsOver)
        {
            Close(id);
        }
        else
        {
            alarms.Set(id, Deadline(id, connection));
        }
    }

    /// <summary>Closes, whatever has not been said: where replies wait, the peer is told by a reset (S-12).</summary>
    private void Cut(int id)
    {
        if (!connections[id].Output.IsEmpty)
        {
            system.Reset(id);
        }

        Close(id);
    }

    private void Close(int id)
    {
        var peer = peers.Remove(id);
        if (connections[id].HasPlace)
        {
            share.Leave(peer);
        }

        alarms.Clear(id);
        connections.Remove(id);
        system.Close(id);
    }
}
