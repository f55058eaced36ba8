using System.Net;
using LanguageExt;

namespace TinyTcp.Systems.Simulated;

/// <summary>
/// A system in memory, for tests: virtual time, peers that a test controls, errors injected at chosen calls, and a seeded
/// generator for every choice that a network makes. The real loop runs on it in one thread; the same seed gives the same
/// <see cref="Trace"/>.
/// </summary>
public sealed partial class SimulatedSystem : IConnectingSystem
{
    private readonly Random random;
    private readonly SimulatedListener listener;
    private readonly bool isFirst;
    private readonly SlotTable<SimulatedPeer> slots = new();
    private readonly SortedSet<int> open = [];
    private readonly System.Collections.Generic.HashSet<int> watchedForWriting = [];
    private readonly System.Collections.Generic.HashSet<int> connecting = [];
    private readonly Queue<int> ready = new();
    private readonly List<string> trace = [];
    private bool accepting;
    private bool woken;
    private int accepted;

    /// <summary>Opens a system.</summary>
    /// <param name="seed">Determines the choices of the network.</param>
    /// <param name="listener">The listener of its group.</param>
    /// <param name="isFirst">Whether it is the system of the group that accepts.</param>
    public SimulatedSystem(int seed, SimulatedListener listener, bool isFirst = true)
    {
        random = new Random(seed);
        this.listener = listener;
        this.isFirst = isFirst;
        accepting = isFirst;
    }

    /// <summary>The clocks.</summary>
    public VirtualTime Time => listener.Time;

    /// <summary>Up to when a wait may move the clocks.</summary>
    public TimeSpan Horizon { get; set; }

    /// <summary>Whether the network splits bytes at random places: short receives and short sends.</summary>
    public bool SplitsBytes { get; init; }

    /// <summary>The most connections that are accepted between two waits.</summary>
    public int AcceptsPerWait { get; init; } = int.MaxValue;

    /// <summary>The error to inject into a call, if any, from the call and the number of calls before it.</summary>
    public Func<SimulatedCall, int, Option<IoError>> Errors { get; init; } = static (_, _) => default;

    /// <summary>The peer at an address that the loop connects to.</summary>
    public Func<EndPoint, SimulatedPeer> PeerAt { get; init; } = static _ => new SimulatedPeer();

    /// <summary>How many calls there were into which an error could be injected.</summary>
    public int CallCount { get; private set; }

    /// <summary>How many connections the loop has not closed.</summary>
    public int OpenConnections => open.Count;

    /// <summary>Each call and its outcome, one per line.</summary>
    public IReadOnlyList<string> Trace => trace;

    /// <summary>Whether a wait would end at once.</summary>
    public bool HasEvents => woken || CanAccept || open.Any(IsReady);

    /// <inheritdoc/>
    public bool HasPendingConnection => isFirst && listener.HasPendingConnection;

    private bool CanAccept => accepting && HasPendingConnection;

    /// <summary>A client connects.</summary>
    /// <param name="peer">The client's end.</param>
    /// <returns>The same.</returns>
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

        accepted = 0;
        ready.Clear();
        open.Where(IsReady).ToList().ForEach(ready.Enqueue);
    }

    /// <inheritdoc/>
    public bool TryNext(out IoEvent ioEvent)
    {
        if (woken)
        {
            woken = false;
            return Report("woken", IoEvent.Woken, out ioEvent);
        }

        if (CanAccept && accepted++ < AcceptsPerWait)
        {
            return Accept(out ioEvent);
        }

        if (ready.TryDequeue(out var id))
        {
            return connecting.Remove(id) ? Connected(id, out ioEvent)
                : watchedForWriting.Contains(id) ? Report($"{id} writable", IoEvent.Writable(id), out ioEvent)
                : Receive(id, out ioEvent);
        }

        ioEvent = default;
        return false;
    }

    /// <inheritdoc/>
    public EndPoint GetPeer(int socket) => new IPEndPoint(listener.Find(socket).Address, socket);

    /// <inheritdoc/>
    public Either<IoError, int> Adopt(int socket)
    {
        var error = NextError(SimulatedCall.Adopt);
        if (error.IsSome)
        {
            Discard(socket);
            return (IoError)error;
        }

        var id = Add(listener.Take(socket));
        trace.Add($"{id} adopts socket {socket}");
        return id;
    }

    /// <inheritdoc/>
    public void Discard(int socket)
    {
        trace.Add($"socket {socket} discarded");
        listener.Take(socket).DeliverClose();
    }

    /// <inheritdoc/>
    public Either<IoError, int> Send(int connection, ReadOnlySpan<byte> bytes)
    {
        var peer = slots[connection];
        var error = NextError(SimulatedCall.Send);
        if (error.IsSome || peer.HasReset)
        {
            peer.DeliverReset();
            trace.Add($"{connection} send failed");
            return error.IfNone(Lost);
        }

        var sent = Split(Math.Min(bytes.Length, peer.SendSpace));
        peer.Deliver(bytes[..sent]);
        trace.Add($"{connection} sent {sent} of {bytes.Length}");
        return sent;
    }

    /// <inheritdoc/>
    public void WatchReadable(int connection) => watchedForWriting.Remove(connection);

    /// <inheritdoc/>
    public void WatchWritable(int connection) => watchedForWriting.Add(connection);

    /// <inheritdoc/>
    public void ShutdownSend(int connection)
    {
        trace.Add($"{connection} FIN");
        slots[connection].DeliverFin();
    }

    /// <inheritdoc/>
    public void AbortOnClose(int connection)
    {
        trace.Add($"{connection} reset");
        slots[connection].DeliverReset();
    }

    /// <inheritdoc/>
    public void Close(int connection)
    {
        trace.Add($"{connection} closed");
        slots[connection].DeliverClose();
        slots.Remove(connection);
        open.Remove(connection);
        watchedForWriting.Remove(connection);
        connecting.Remove(connection);
    }

    /// <inheritdoc/>
    public EndPoint GetRemoteEndPoint(int connection) =>
        new IPEndPoint(slots[connection].Address, connection);

    /// <inheritdoc/>
    public Option<IoError> SetAccepting(bool enabled)
    {
        if (!isFirst)
        {
            return default;
        }

        var error = enabled ? NextError(SimulatedCall.Listen) : default;
        trace.Add(
            error.IsSome ? "accept on failed"
            : enabled ? "accept on"
            : "accept off"
        );
        accepting = enabled && error.IsNone;
        return error;
    }

    /// <inheritdoc/>
    public void Wake() => woken = true;

    /// <inheritdoc/>
    public void Dispose() => trace.Add("disposed");

    private static IoError Lost => new(IoErrorKind.ConnectionLost, 0, "reset by the peer");

    private bool IsReady(int id)
    {
        var peer = slots[id];
        return connecting.Contains(id)
            || (
                watchedForWriting.Contains(id)
                    ? peer.SendSpace > 0 || peer.HasReset
                    : peer.Sent.Count > 0 || peer.HasFinished || peer.HasReset
            );
    }

    private bool Accept(out IoEvent ioEvent)
    {
        var error = NextError(SimulatedCall.Accept);
        if (error.IsSome)
        {
            return Report("accept failed", IoEvent.AcceptFailed((IoError)error), out ioEvent);
        }

        var socket = listener.Accept();
        return Report($"socket {socket} accepted", IoEvent.Accepted(socket), out ioEvent);
    }

    private int Add(SimulatedPeer peer)
    {
        var id = slots.Add(peer);
        open.Add(id);
        return id;
    }

    private bool Receive(int id, out IoEvent ioEvent)
    {
        var peer = slots[id];
        var error = NextError(SimulatedCall.Receive);
        if (error.IsSome || peer.HasReset)
        {
            peer.DeliverReset();
            return Report($"{id} lost", IoEvent.ConnectionLost(id, error.IfNone(Lost)), out ioEvent);
        }

        if (peer.Sent.Count == 0)
        {
            return Report($"{id} finished", IoEvent.PeerFinished(id), out ioEvent);
        }

        var bytes = new byte[Split(Math.Min(peer.Sent.Count, 64 * 1024), min: 1)];
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] = peer.Sent.Dequeue();
        }

        return Report($"{id} received {bytes.Length}", IoEvent.Received(id, bytes), out ioEvent);
    }

    private bool Report(string what, in IoEvent reported, out IoEvent ioEvent)
    {
        trace.Add($"{Time.Monotonic} {what}");
        ioEvent = reported;
        return true;
    }

    private Option<IoError> NextError(SimulatedCall call) => Errors(call, CallCount++);

    private int Split(int max, int min = 0) => SplitsBytes && max > min ? random.Next(min, max + 1) : max;
}
