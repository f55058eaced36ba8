using Microsoft.Extensions.Logging;
using TinyTcp.Core;
using TinyTcp.Server.Systems;

namespace TinyTcp.Server.Loop;

/// <summary>
/// Carries bytes between sockets and sessions: what a session says is sent, what it leaves is held, and every ending
/// takes one path (S-3): last words, FIN, drain, close.
/// </summary>
internal sealed class Conversations<TSystem>(TSystem system, Limits limits, Share share, ILogger log)
    where TSystem : ISystem
{
    private readonly Connections connections = new();
    private readonly Alarms alarms = new();
    private readonly byte[] replies = GC.AllocateUninitializedArray<byte>(
        Math.Max(64 * 1024, Session.RoomFor(limits)),
        pinned: true
    );
    private Now now;
    private bool stopping;

    /// <summary>How many connections there are, in whatever stage.</summary>
    public int Count => connections.Count;

    /// <summary>When <see cref="Ring"/> is due; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    public TimeSpan NextDue => alarms.NextDue;

    /// <summary>Sets the time for all that follows.</summary>
    public void SetTime(in Now time) => now = time;

    /// <summary>A connection came: greets it, or refuses it where there is no place.</summary>
    public void Open(int id)
    {
        ref var connection = ref connections.Add(id, share.All.NextSerial());
        connection.HasPlace = share.TryEnter();
        if (log.IsEnabled(LogLevel.Debug))
        {
            log.Opened(connection.Serial, system.PeerOf(id));
        }

        Tell(id, connection.HasPlace ? SessionEvent.Opened : SessionEvent.Refused);
    }

    /// <summary>Bytes came.</summary>
    public void Receive(int id, ReadOnlyMemory<byte> bytes)
    {
        ref var connection = ref connections[id];
        if (connection.Stage != Stage.Talking)
        {
            connection.Input.Clear();
        }
        else if (connection.Input.IsEmpty)
        {
            var consumed = Converse(id, ref connection, bytes);
            connection.Input.Append(bytes.Span[consumed..]);
        }
        else
        {
            connection.Input.Append(bytes.Span);
            connection.Input.Drop(Converse(id, ref connection, connection.Input.Bytes));
        }

        Conclude(id, ref connection);
    }

    /// <summary>The peer will send nothing more.</summary>
    public void Finish(int id)
    {
        ref var connection = ref connections[id];
        connection.PeerFinished = true;
        if (connection.Stage == Stage.Talking)
        {
            Tell(id, SessionEvent.PeerFinished);
        }
        else
        {
            Close(id);
        }
    }

    /// <summary>There is room again: sends what waits, then goes on where the conversation stopped.</summary>
    public void Resume(int id)
    {
        ref var connection = ref connections[id];
        var sent = Send(id, ref connection, connection.Output.Bytes.Span);
        connection.Output.Drop(sent);
        connection.Until = sent > 0 ? now.Uptime + Linger.ForProgress : connection.Until;
        if (connection.Output.IsEmpty)
        {
            connection.AwaitsRoom = false;
            system.AwaitBytes(id);
        }

        if (connection.CanTalk)
        {
            connection.Input.Drop(Converse(id, ref connection, connection.Input.Bytes));
        }

        if (stopping && connection.CanTalk)
        {
            Say(id, ref connection, SessionEvent.Stopped);
        }

        Conclude(id, ref connection);
    }

    /// <summary>The connection is lost.</summary>
    public void Lose(int id, Fault fault)
    {
        Break(ref connections[id], fault);
        Close(id);
    }

    /// <summary>Says goodbye where a deadline is over, and closes where a close has taken too long.</summary>
    public void Ring()
    {
        while (alarms.TryRing(now.Uptime, out var id))
        {
            ref var connection = ref connections[id];
            if (connection.Deadline(limits) is var due && due > now.Uptime)
            {
                alarms.Set(id, due);
            }
            else if (connection.Stage == Stage.Talking)
            {
                Tell(id, SessionEvent.TimePassed);
            }
            else
            {
                Close(id);
            }
        }
    }

    /// <summary>Says goodbye to everybody; to whom replies still wait for, after those (S-9).</summary>
    public void StopAll()
    {
        stopping = true;
        foreach (var id in connections.Ids.Where(id => connections[id].CanTalk).ToList())
        {
            Tell(id, SessionEvent.Stopped);
        }
    }

    /// <summary>Closes everything, whatever has not been said.</summary>
    public void CloseAll()
    {
        foreach (var id in connections.Ids.ToList())
        {
            Close(id);
        }
    }

    /// <summary>Tells the session something other than bytes.</summary>
    private void Tell(int id, SessionEvent happened)
    {
        ref var connection = ref connections[id];
        Say(id, ref connection, happened);
        Conclude(id, ref connection);
    }

    /// <summary>Says what the session makes of something other than bytes.</summary>
    private void Say(int id, ref Connection connection, SessionEvent happened) =>
        Carry(id, ref connection, Session.Step(connection.Session, happened, now, limits, replies));

    /// <summary>Gives the session bytes until it wants more, or its replies find no room.</summary>
    /// <returns>How many of the bytes are done with.</returns>
    private int Converse(int id, ref Connection connection, ReadOnlyMemory<byte> bytes)
    {
        var consumed = 0;
        Step step;
        do
        {
            var rest = SessionEvent.Received(bytes[consumed..]);
            step = Session.Step(connection.Session, rest, now, limits, replies);
            consumed += step.Consumed;
            Carry(id, ref connection, step);
        } while (step.Next == Next.Flush && connection.CanTalk);

        return consumed;
    }

    /// <summary>Carries out what a step asks for.</summary>
    private void Carry(int id, ref Connection connection, in Step step)
    {
        connection.Session = step.Session;
        var said = replies.AsSpan(0, step.Written);
        var sent = said.IsEmpty || connection.AwaitsRoom ? 0 : Send(id, ref connection, said);
        connection.Output.Append(said[sent..]);
        if (!connection.Output.IsEmpty && !connection.AwaitsRoom)
        {
            connection.AwaitsRoom = true;
            connection.Until = now.Uptime + Linger.ForProgress;
            system.AwaitRoom(id);
        }

        if (step.Next.Reason.IsSome && connection.Stage == Stage.Talking)
        {
            connection.Stage = Stage.Flushing;
            connection.Until = now.Uptime + Linger.ForProgress;
            log.Ended(connection.Serial, (CloseReason)step.Next.Reason);
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

        Break(ref connection, (Fault)outcome);
        return 0;
    }

    private void Break(ref Connection connection, Fault fault)
    {
        connection.Stage = Stage.Broken;
        log.Lost(connection.Serial, fault);
    }

    /// <summary>After every event: takes the next step of an ending, and sets the alarm.</summary>
    private void Conclude(int id, ref Connection connection)
    {
        if (connection.Stage == Stage.Flushing && connection.Output.IsEmpty)
        {
            connection.Stage = Stage.Draining;
            connection.Until = now.Uptime + Linger.ForPeer;
            system.FinishSending(id);
        }

        if (connection.IsOver)
        {
            Close(id);
        }
        else
        {
            alarms.Set(id, connection.Deadline(limits));
        }
    }

    private void Close(int id)
    {
        if (connections[id].HasPlace)
        {
            share.Leave();
        }

        alarms.Clear(id);
        connections.Remove(id);
        system.Close(id);
    }
}
