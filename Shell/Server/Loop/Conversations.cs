using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using TinyTcp.Core.Sessions;
using TinyTcp.Systems;

namespace TinyTcp.Server.Loop;

/// <summary>
/// Carries bytes between sockets and sessions: what a session says is sent, what it leaves is held, and every ending
/// takes one path (S-3): last words, FIN, drain, close.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A lens has nothing to give back.")]
internal sealed partial class Conversations<TSystem>(TSystem system, Limits limits, Share share, ILogger log)
    where TSystem : ISystem
{
    private readonly Connections connections = new();
    private readonly Alarms alarms = new();
    private readonly Lens lens = new();
    private readonly Peers peers = new(() => share.All.AsksWho || log.IsEnabled(LogLevel.Debug));
    private readonly byte[] replies = GC.AllocateUninitializedArray<byte>(
        Math.Max(limits.MaxUnreadOutput, Session.MinOutputSize(limits)),
        pinned: true
    );
    private byte[] joined = [];
    private Now now;
    private Notices notices = Notices.None;

    /// <summary>How many connections there are, in whatever stage.</summary>
    public int Count => connections.Count;

    /// <summary>When <see cref="Ring"/> is due; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    public TimeSpan NextDue => alarms.NextDue;

    /// <summary>Sets the time for all that follows.</summary>
    public void SetTime(in Now time) => now = time;

    /// <summary>A connection came: greets it, or refuses it where there is no place.</summary>
    public void Open(int id)
    {
        var serial = share.All.NextSerial();
        var peer = peers.Add(id, system);
        var outcome = share.Enter(peer);
        log.Opened(serial, peer);
        if (outcome != SessionEvent.Opened && connections.Count - share.Count >= Admission.MostRefused)
        {
            TurnAway(id, serial, outcome);
            return;
        }

        connections.Add(id, serial).HasPlace = outcome == SessionEvent.Opened;
        Tell(id, outcome);
    }

    /// <summary>Bytes came.</summary>
    public void Receive(int id, ReadOnlyMemory<byte> bytes)
    {
        ref var connection = ref connections[id];
        if (connection.Stage != Stage.Talking)
        {
            connection.Input.Clear();
            Say(id, ref connection, SessionEvent.Received(bytes));
        }
        else if (bytes.Length < connection.Input.Length)
        {
            // Of a line that comes in little pieces, what has come is not copied again with each of them.
            connection.Input.Append(bytes.Span);
            connection.Input.Drop(Converse(id, ref connection, lens.LookAt(connection.Input)));
        }
        else
        {
            var all = connection.Input.IsEmpty ? bytes : Join(ref connection.Input, bytes);
            var consumed = Converse(id, ref connection, all);
            connection.Input.Append(all.Span[consumed..]);
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
        var sent = Send(id, ref connection, connection.Output.Bytes);
        connection.Output.Drop(sent);
        if (connection.Output.IsEmpty)
        {
            system.AwaitBytes(id);
            Say(id, ref connection, SessionEvent.SendCompleted);
        }
        else if (sent > 0)
        {
            Say(id, ref connection, SessionEvent.SendProgressed);
        }

        if (connection.CanTalk)
        {
            connection.Input.Drop(Converse(id, ref connection, lens.LookAt(connection.Input)));
        }

        Conclude(id, ref connection);
    }

    /// <summary>The connection is lost.</summary>
    public void Lose(int id, Fault fault)
    {
        Break(id, ref connections[id], fault);
        Close(id);
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
        StepResult step;
        do
        {
            var rest = SessionEvent.Received(bytes[consumed..]);
            step = Session.Step(connection.Session, rest, now, limits, replies);
            consumed += step.Consumed;
            Carry(id, ref connection, step);
        } while (step.Next == NextAction.Flush && connection.CanTalk);

        return consumed;
    }

    /// <summary>Puts a cut line, which is held no longer, and what came next together.</summary>
    /// <returns>Both, until the next call.</returns>
    private ReadOnlyMemory<byte> Join(ref Held line, ReadOnlyMemory<byte> bytes)
    {
        var length = line.Length + bytes.Length;
        if (joined.Length < length)
        {
            joined = GC.AllocateUninitializedArray<byte>(Math.Max(length, 2 * joined.Length));
        }

        line.Bytes.CopyTo(joined);
        bytes.Span.CopyTo(joined.AsSpan(line.Length));
        line.Clear();
        return joined.AsMemory(0, length);
    }

    /// <summary>Carries out what a step asks for.</summary>
    private void Carry(int id, ref Connection connection, in StepResult step)
    {
        connection.Session = step.Session;
        var said = replies.AsSpan(0, step.Written);
        if (!said.IsEmpty)
        {
            SendOrHold(id, ref connection, said);
        }

        if (step.Next.Reason.IsSome && connection.Stage == Stage.Talking)
        {
            connection.Stage = Stage.Flushing;
            log.Ended(connection.Serial, peers[id], (CloseReason)step.Next.Reason);
        }
    }

    /// <summary>
    /// Sends what can be sent, and holds the rest until there is room. Nothing is said while replies wait, so nothing can
    /// overtake them.
    /// </summary>
    private void SendOrHold(int id, ref Connection connection, ReadOnlySpan<byte> said)
    {
        connection.Output.Append(said[Send(id, ref connection, said)..]);
        if (!connection.Output.IsEmpty)
        {
            system.AwaitRoom(id);
            Say(id, ref connection, SessionEvent.SendStalled);
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

        Break(id, ref connection, (Fault)outcome);
        return 0;
    }
}
