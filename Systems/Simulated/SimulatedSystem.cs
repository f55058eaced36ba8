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
    private readonly System.Collections.Generic.HashSet<int> watchedWritable = [];
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
        listener.StartAccepting(this);
    }

    /// <summary>Its clocks.</summary>
    public VirtualTime Time => listener.Time;

    /// <summary>How far a wait may move the clocks.</summary>
    public TimeSpan Horizon { get; set; }

    /// <summary>Whether bytes are cut where the network likes: short receives and short sends.</summary>
    public bool SplitsTransfers { get; init; }

    /// <summary>How many connections it accepts between two waits.</summary>
    public int AcceptsPerTurn { get; init; } = int.MaxValue;

    /// <summary>Which fault, if any, a call meets: it is given the call and how many calls there were before it.</summary>
    public Func<SimulatedCall, int, Option<IoError>> Errors { get; init; } = static (_, _) => default;

    /// <summary>Who answers when the loop connects somewhere, and where: it is there at once.</summary>
    public Func<EndPoint, SimulatedPeer> PeerFor { get; init; } = static _ => new SimulatedPeer();

    /// <summary>How many calls there were that could have failed.</summary>
    public int Calls { get; private set; }

    /// <summary>How many connections the loop has not given back.</summary>
    public int OpenConnections => connections.Count;

    /// <summary>What was called and what came of it, line by line.</summary>
    public IReadOnlyList<string> Trace => trace;

    /// <summary>Whether a wait would end at once.</summary>
    public bool HasEvents => woken || listener.HasEventFor(this) || connections.Keys.Any(IsReady);

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
        if (!HasEvents)
        {
            var until = timeout == Timeout.InfiniteTimeSpan ? Horizon : Time.Monotonic + timeout;
            Time.MoveTo(until < Horizon ? until : Horizon);
        }

        listener.Wait(this);
        accepted = 0;
        ready.Clear();
        connections.Keys.Where(IsReady).ToList().ForEach(ready.Enqueue);
    }

    /// <inheritdoc/>
    public bool TryNext(out IoEvent ioEvent)
    {
        if (woken)
        {
            woken = false;
            return Emit("woken", IoEvent.Woken, out ioEvent);
        }

        if (listener.HasEventFor(this) && accepted++ < AcceptsPerTurn)
        {
            return SetAccepting(out ioEvent);
        }

        if (ready.TryDequeue(out var id))
        {
            return connecting.Remove(id) ? Connected(id, out ioEvent)
                : watchedWritable.Contains(id) ? Emit($"{id} room", IoEvent.Writable(id), out ioEvent)
                : Receive(id, out ioEvent);
        }

        ioEvent = default;
        return false;
    }

    /// <inheritdoc/>
    public Either<IoError, int> Connect(EndPoint endPoint)
    {
        var fault = NextError(SimulatedCall.Connect);
        if (fault.IsSome)
        {
            trace.Add("connect failed");
            return (IoError)fault;
        }

        var id = Number(PeerFor(endPoint));
        connecting.Add(id);
        trace.Add($"{id} connects");
        return id;
    }

    /// <inheritdoc/>
    public SocketError ToSocketError(IoError fault) => (SocketError)fault.Code;

    /// <inheritdoc/>
    public Either<IoError, int> Send(int connection, ReadOnlySpan<byte> bytes)
    {
        var peer = connections[connection];
        var fault = NextError(SimulatedCall.Send);
        if (fault.IsSome || peer.HasReset)
        {
            peer.DeliverReset();
            trace.Add($"{connection} send failed");
            return fault.IfNone(Lost);
        }

        var sent = Split(Math.Min(bytes.Length, peer.SendSpace));
        peer.Deliver(bytes[..sent]);
        trace.Add($"{connection} sent {sent} of {bytes.Length}");
        return sent;
    }

    /// <inheritdoc/>
    public void WatchReadable(int connection) => watchedWritable.Remove(connection);

    /// <inheritdoc/>
    public void WatchWritable(int connection) => watchedWritable.Add(connection);

    /// <inheritdoc/>
    public void ShutdownSend(int connection)
    {
        trace.Add($"{connection} FIN");
        connections[connection].DeliverFin();
    }

    /// <inheritdoc/>
    public void AbortOnClose(int connection)
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
        watchedWritable.Remove(connection);
        connecting.Remove(connection);
    }

    /// <inheritdoc/>
    public EndPoint GetRemoteEndPoint(int connection) =>
        new IPEndPoint(connections[connection].Address, connection);

    /// <inheritdoc/>
    public EndPoint GetLocalEndPoint(int connection) =>
        connections[connection].IsSelf
            ? GetRemoteEndPoint(connection)
            : new IPEndPoint(IPAddress.IPv6Loopback, connection);

    /// <inheritdoc/>
    public Option<IoError> SetAccepting(bool enabled)
    {
        var fault = enabled ? NextError(SimulatedCall.Listen) : default;
        trace.Add(
            fault.IsSome ? "accept on failed"
            : enabled ? "accept on"
            : "accept off"
        );
        listener.StopAccepting(this);
        if (enabled && fault.IsNone)
        {
            listener.StartAccepting(this);
        }

        return fault;
    }

    /// <inheritdoc/>
    public bool HasPendingConnection => listener.HasPendingConnection;

    /// <inheritdoc/>
    public void Wake() => woken = true;

    /// <inheritdoc/>
    public void Dispose() => trace.Add("disposed");

    private static IoError Lost => new(IoErrorKind.ConnectionLost, 0, "reset by the peer");

    private bool IsReady(int id)
    {
        var peer = connections[id];
        return connecting.Contains(id)
            || (
                watchedWritable.Contains(id)
                    ? peer.SendSpace > 0 || peer.HasReset
                    : peer.Sent.Count > 0 || peer.HasFinished || peer.HasReset
            );
    }

    private bool SetAccepting(out IoEvent happening)
    {
        var fault = NextError(SimulatedCall.Accept);
        if (fault.IsSome)
        {
            return Emit("accept failed", IoEvent.AcceptFailed((IoError)fault), out happening);
        }

        var id = Number(listener.Accept());
        return Emit($"{id} accepted", IoEvent.Accepted(id), out happening);
    }

    private bool Connected(int id, out IoEvent happening)
    {
        var fault = NextError(SimulatedCall.Connect);
        return fault.IsSome
            ? Emit($"{id} not connected", IoEvent.ConnectionLost(id, (IoError)fault), out happening)
            : Emit($"{id} connected", IoEvent.Connected(id), out happening);
    }

    private int Number(SimulatedPeer peer)
    {
        var id = Enumerable.Range(0, connections.Count + 1).First(id => !connections.ContainsKey(id));
        connections.Add(id, peer);
        return id;
    }

    private bool Receive(int id, out IoEvent happening)
    {
        var peer = connections[id];
        var fault = NextError(SimulatedCall.Receive);
        if (fault.IsSome || peer.HasReset)
        {
            peer.DeliverReset();
            return Emit($"{id} lost", IoEvent.ConnectionLost(id, fault.IfNone(Lost)), out happening);
        }

        if (peer.Sent.Count == 0)
        {
            return Emit($"{id} finished", IoEvent.PeerFinished(id), out happening);
        }

        var bytes = new byte[Split(Math.Min(peer.Sent.Count, 64 * 1024), least: 1)];
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] = peer.Sent.Dequeue();
        }

        return Emit($"{id} received {bytes.Length}", IoEvent.Received(id, bytes), out happening);
    }

    private bool Emit(string what, in IoEvent happened, out IoEvent happening)
    {
        trace.Add($"{Time.Monotonic} {what}");
        happening = happened;
        return true;
    }

    private Option<IoError> NextError(SimulatedCall call) => Errors(call, Calls++);

    private int Split(int most, int least = 0) =>
        SplitsTransfers && most > least ? random.Next(least, most + 1) : most;
}
