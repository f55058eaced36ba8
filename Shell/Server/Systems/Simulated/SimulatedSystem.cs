using System.Net;
using System.Net.Sockets;
using LanguageExt;

namespace TinyTcp.Systems.Simulated;

/// <summary>
/// The loop's system in memory: virtual time, peers that a test moves, faults at chosen calls, and every choice that a
/// network makes taken by a seeded generator. The real loop runs on it, in one thread; the same seed gives the same
/// <see cref="Trace"/>.
/// </summary>
internal sealed class SimulatedSystem : ISystem
{
    private readonly Random random;
    private readonly SimulatedListener listener;
    private readonly SortedDictionary<int, SimulatedPeer> connections = [];
    private readonly System.Collections.Generic.HashSet<int> awaitingRoom = [];
    private readonly System.Collections.Generic.HashSet<int> connecting = [];
    private readonly Queue<int> ready = new();
    private readonly List<string> trace = [];
    private bool woken;
    private int accepted;

    /// <summary>Accepts from a listener.</summary>
    /// <param name="seed">What the network's choices follow from.</param>
    /// <param name="listener">The listener; several systems may share one.</param>
    public SimulatedSystem(int seed, SimulatedListener listener)
    {
        random = new Random(seed);
        this.listener = listener;
        listener.Open(this);
    }

    /// <summary>Its clocks.</summary>
    public VirtualTime Time => listener.Time;

    /// <summary>How far a wait may move the clocks.</summary>
    public TimeSpan Horizon { get; set; }

    /// <summary>Whether bytes are cut where the network likes: short receives and short sends.</summary>
    public bool CutsBytes { get; init; }

    /// <summary>How many connections it accepts between two waits.</summary>
    public int AcceptsPerTurn { get; init; } = int.MaxValue;

    /// <summary>Which fault, if any, a call meets: it is given the call and how many calls there were before it.</summary>
    public Func<Call, int, Option<Fault>> Faults { get; init; } = static (_, _) => default;

    /// <summary>Who answers when the loop connects somewhere, and where: it is there at once.</summary>
    public Func<EndPoint, SimulatedPeer> Answers { get; init; } = static _ => new SimulatedPeer();

    /// <summary>How many calls there were that could have failed.</summary>
    public int Calls { get; private set; }

    /// <summary>How many connections the loop has not given back.</summary>
    public int Open => connections.Count;

    /// <summary>What was called and what came of it, line by line.</summary>
    public IReadOnlyList<string> Trace => trace;

    /// <summary>Whether a wait would end at once.</summary>
    public bool HasNews => woken || listener.HasNewsFor(this) || connections.Keys.Any(IsReady);

    /// <summary>A client connects.</summary>
    /// <param name="peer">The client's end.</param>
    public SimulatedPeer Connect(SimulatedPeer peer)
    {
        listener.Connect(peer);
        return peer;
    }

    /// <inheritdoc/>
    public void Wait(TimeSpan timeout)
    {
        if (!HasNews)
        {
            var until = timeout == Timeout.InfiniteTimeSpan ? Horizon : Time.Uptime + timeout;
            Time.MoveTo(until < Horizon ? until : Horizon);
        }

        listener.Wait(this);
        accepted = 0;
        ready.Clear();
        connections.Keys.Where(IsReady).ToList().ForEach(ready.Enqueue);
    }

    /// <inheritdoc/>
    public bool TryNext(out Happening happening)
    {
        if (woken)
        {
            woken = false;
            return Happens("woken", Happening.Woken, out happening);
        }

        if (listener.HasNewsFor(this) && accepted++ < AcceptsPerTurn)
        {
            return Accept(out happening);
        }

        if (ready.TryDequeue(out var id))
        {
            return connecting.Remove(id) ? Connected(id, out happening)
                : awaitingRoom.Contains(id) ? Happens($"{id} room", Happening.Room(id), out happening)
                : Receive(id, out happening);
        }

        happening = default;
        return false;
    }

    /// <inheritdoc/>
    public Either<Fault, int> Connect(EndPoint endPoint)
    {
        var fault = NextFault(Call.Connect);
        if (fault.IsSome)
        {
            trace.Add("connect failed");
            return (Fault)fault;
        }

        var id = Number(Answers(endPoint));
        connecting.Add(id);
        trace.Add($"{id} connects");
        return id;
    }

    /// <inheritdoc/>
    public SocketError ErrorOf(Fault fault) => (SocketError)fault.Code;

    /// <inheritdoc/>
    public Either<Fault, int> Send(int connection, ReadOnlySpan<byte> bytes)
    {
        var peer = connections[connection];
        var fault = NextFault(Call.Send);
        if (fault.IsSome || peer.HasReset)
        {
            peer.DeliverReset();
            trace.Add($"{connection} send failed");
            return fault.IfNone(Lost);
        }

        var sent = Cut(Math.Min(bytes.Length, peer.Room));
        peer.Deliver(bytes[..sent]);
        trace.Add($"{connection} sent {sent} of {bytes.Length}");
        return sent;
    }

    /// <inheritdoc/>
    public void AwaitBytes(int connection) => awaitingRoom.Remove(connection);

    /// <inheritdoc/>
    public void AwaitRoom(int connection) => awaitingRoom.Add(connection);

    /// <inheritdoc/>
    public void FinishSending(int connection)
    {
        trace.Add($"{connection} FIN");
        connections[connection].DeliverFin();
    }

    /// <inheritdoc/>
    public void Reset(int connection)
    {
        trace.Add($"{connection} reset");
        connections[connection].DeliverReset();
    }

    /// <inheritdoc/>
    public void Close(int connection)
    {
        trace.Add($"{connection} closed");
        connections[connection].DeliverClose();
        connections.Remove(connection);
        awaitingRoom.Remove(connection);
        connecting.Remove(connection);
    }

    /// <inheritdoc/>
    public EndPoint PeerOf(int connection) => new IPEndPoint(connections[connection].Address, connection);

    /// <inheritdoc/>
    public EndPoint SelfOf(int connection) =>
        connections[connection].IsSelf
            ? PeerOf(connection)
            : new IPEndPoint(IPAddress.IPv6Loopback, connection);

    /// <inheritdoc/>
    public Option<Fault> Accept(bool enabled)
    {
        var fault = enabled ? NextFault(Call.Listen) : default;
        trace.Add(
            fault.IsSome ? "accept on failed"
            : enabled ? "accept on"
            : "accept off"
        );
        listener.Shut(this);
        if (enabled && fault.IsNone)
        {
            listener.Open(this);
        }

        return fault;
    }

    /// <inheritdoc/>
    public bool SomebodyWaits => listener.SomebodyWaits;

    /// <inheritdoc/>
    public void Wake() => woken = true;

    /// <inheritdoc/>
    public void Dispose() => trace.Add("disposed");

    private static Fault Lost => new(FaultKind.ConnectionLost, 0, "reset by the peer");

    private bool IsReady(int id)
    {
        var peer = connections[id];
        return connecting.Contains(id)
            || (
                awaitingRoom.Contains(id)
                    ? peer.Room > 0 || peer.HasReset
                    : peer.Sent.Count > 0 || peer.HasFinished || peer.HasReset
            );
    }

    private bool Accept(out Happening happening)
    {
        var fault = NextFault(Call.Accept);
        if (fault.IsSome)
        {
            return Happens("accept failed", Happening.AcceptFailed((Fault)fault), out happening);
        }

        var id = Number(listener.Accept());
        return Happens($"{id} accepted", Happening.Accepted(id), out happening);
    }

    private bool Connected(int id, out Happening happening)
    {
        var fault = NextFault(Call.Connect);
        return fault.IsSome
            ? Happens($"{id} not connected", Happening.Lost(id, (Fault)fault), out happening)
            : Happens($"{id} connected", Happening.Connected(id), out happening);
    }

    private int Number(SimulatedPeer peer)
    {
        var id = Enumerable.Range(0, connections.Count + 1).First(id => !connections.ContainsKey(id));
        connections.Add(id, peer);
        return id;
    }

    private bool Receive(int id, out Happening happening)
    {
        var peer = connections[id];
        var fault = NextFault(Call.Receive);
        if (fault.IsSome || peer.HasReset)
        {
            peer.DeliverReset();
            return Happens($"{id} lost", Happening.Lost(id, fault.IfNone(Lost)), out happening);
        }

        if (peer.Sent.Count == 0)
        {
            return Happens($"{id} finished", Happening.PeerFinished(id), out happening);
        }

        var bytes = new byte[Cut(Math.Min(peer.Sent.Count, 64 * 1024), least: 1)];
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] = peer.Sent.Dequeue();
        }

        return Happens($"{id} received {bytes.Length}", Happening.Received(id, bytes), out happening);
    }

    private bool Happens(string what, in Happening happened, out Happening happening)
    {
        trace.Add($"{Time.Uptime} {what}");
        happening = happened;
        return true;
    }

    private Option<Fault> NextFault(Call call) => Faults(call, Calls++);

    private int Cut(int most, int least = 0) =>
        CutsBytes && most > least ? random.Next(least, most + 1) : most;
}
