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
    private readonly bool hasListener;
    private readonly SlotTable<SimulatedPeer> slots = new();
    private readonly SortedSet<int> open = [];
    private readonly Dictionary<int, Interest> interests = [];
    private readonly System.Collections.Generic.HashSet<int> connecting = [];
    private readonly System.Collections.Generic.HashSet<int> abortedOnClose = [];
    private readonly Queue<int> ready = new();
    private readonly List<string> trace = [];
    private bool accepting;
    private bool woken;
    private int acceptsSinceWait;
    private int lastReady;

    /// <summary>Opens a system.</summary>
    /// <param name="seed">Determines the choices of the network.</param>
    /// <param name="listener">The listener of its group.</param>
    /// <param name="hasListener">Whether it is the system of its group that accepts.</param>
    public SimulatedSystem(int seed, SimulatedListener listener, bool hasListener = true)
    {
        random = new Random(seed);
        this.listener = listener;
        this.hasListener = hasListener;
        accepting = hasListener;
    }

    /// <summary>The clocks.</summary>
    public VirtualTime Time => listener.Time;

    /// <summary>Up to when a wait may move the clocks.</summary>
    public TimeSpan Horizon { get; set; }

    /// <summary>Whether the network splits bytes at random places: short receives and short sends.</summary>
    public bool SplitsBytes { get; init; }

    /// <summary>The most connections that are accepted between two waits.</summary>
    public int AcceptsPerWait { get; init; } = int.MaxValue;

    /// <summary>The most connections that one wait reports. Those that it leaves out are the first of the next one.</summary>
    public int EventsPerWait { get; init; } = int.MaxValue;

    /// <summary>The most bytes that one event reports.</summary>
    public int ReceiveBuffer { get; init; } = 64 * 1024;

    /// <summary>
    /// Called at each moment at which the process may be stopped. A test can let time pass there, and peers act.
    /// </summary>
    /// <returns>Whether a signal interrupts the wait, at <see cref="SimulatedMoment.Waiting"/>.</returns>
    public Func<SimulatedMoment, bool> OnMoment { get; init; } = static _ => false;

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
    public int PendingConnections => hasListener ? listener.PendingConnections : 0;

    /// <inheritdoc/>
    public bool HasReportedAll { get; private set; } = true;

    private bool CanAccept => accepting && PendingConnections > 0;

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
        ready.Clear();
        acceptsSinceWait = 0;
        HasReportedAll = !OnMoment(SimulatedMoment.Waiting);
        if (HasReportedAll)
        {
            WaitForEvents(timeout);
            OnMoment(SimulatedMoment.Waited);
        }
    }

    private void WaitForEvents(TimeSpan timeout)
    {
        if (!HasEvents)
        {
            var until = timeout == Timeout.InfiniteTimeSpan ? Horizon : Time.Monotonic + timeout;
            until = until < Horizon ? until : Horizon;
            Time.MoveTo(until > Time.Monotonic ? until : Time.Monotonic);
        }

        var found = open.Where(IsReady).ToList();
        HasReportedAll = found.Count <= EventsPerWait;
        if (!HasReportedAll)
        {
            found = [.. found.OrderBy(slot => slot <= lastReady).Take(EventsPerWait)];
            lastReady = found[^1];
        }

        found.ForEach(ready.Enqueue);
    }

    /// <inheritdoc/>
    public bool TryNext(out IoEvent ioEvent)
    {
        OnMoment(SimulatedMoment.Handling);
        if (woken)
        {
            woken = false;
            return Report("woken", IoEvent.Woken, out ioEvent);
        }

        if (CanAccept && acceptsSinceWait++ < AcceptsPerWait)
        {
            return Accept(out ioEvent);
        }

        HasReportedAll &= !CanAccept;

        if (ready.TryDequeue(out var connection))
        {
            return connecting.Remove(connection) ? Connected(connection, out ioEvent)
                : InterestIn(connection) == Interest.Output
                    ? Report($"{connection} writable", IoEvent.Writable(connection), out ioEvent)
                : Receive(connection, out ioEvent);
        }

        ioEvent = default;
        return false;
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

        var min = InterestIn(connection) == Interest.Output ? 1 : 0;
        var sent = PartialLength(Math.Min(bytes.Length, peer.SendSpace), min);
        peer.Deliver(bytes[..sent]);
        trace.Add($"{connection} sent {sent} of {bytes.Length}");
        return sent;
    }

    /// <inheritdoc/>
    public int GetUnacknowledged(int connection) => slots[connection].Unacknowledged;

    /// <inheritdoc/>
    public void WatchReadable(int connection) => interests.Remove(connection);

    /// <inheritdoc/>
    public void WatchWritable(int connection) => interests[connection] = Interest.Output;

    /// <inheritdoc/>
    public void WatchLoss(int connection) => interests[connection] = Interest.Loss;

    /// <inheritdoc/>
    public void ShutdownSend(int connection)
    {
        trace.Add($"{connection} FIN");
        slots[connection].DeliverFin();
    }

    /// <inheritdoc/>
    public void AbortOnClose(int connection)
    {
        trace.Add($"{connection} aborts on close");
        abortedOnClose.Add(connection);
    }

    /// <inheritdoc/>
    public void Close(int connection)
    {
        var isAborted = abortedOnClose.Remove(connection);
        trace.Add($"{connection} {(isAborted ? "reset" : "closed")}");
        if (isAborted)
        {
            slots[connection].DeliverReset();
        }

        slots[connection].DeliverClose();
        slots.Remove(connection);
        open.Remove(connection);
        WatchReadable(connection);
        connecting.Remove(connection);
    }

    /// <inheritdoc/>
    public void Wake() => woken = true;

    /// <inheritdoc/>
    public void Dispose() => trace.Add("disposed");

    private static IoError Lost => new(IoErrorKind.ConnectionLost, 0, "reset by the peer");

    private Interest InterestIn(int connection) => interests.GetValueOrDefault(connection);

    private bool IsReady(int connection)
    {
        var peer = slots[connection];
        return connecting.Contains(connection)
            || (
                InterestIn(connection) == Interest.Loss ? peer.HasReset || peer.IsAcknowledgedAndFinished
                : InterestIn(connection) == Interest.Output ? peer.IsWritable || peer.HasReset
                : peer.Sent.Count > 0 || peer.HasFinished || peer.HasReset
            );
    }

    private int Add(SimulatedPeer peer)
    {
        var connection = slots.Add(peer);
        open.Add(connection);
        return connection;
    }

    private bool Receive(int connection, out IoEvent ioEvent)
    {
        var peer = slots[connection];
        var error = NextError(SimulatedCall.Receive);
        if (error.IsSome || peer.HasReset)
        {
            peer.DeliverReset();
            return Report(
                $"{connection} lost",
                IoEvent.ConnectionLost(connection, error.IfNone(Lost)),
                out ioEvent
            );
        }

        if (peer.Sent.Count == 0)
        {
            return Report($"{connection} finished", IoEvent.PeerFinished(connection), out ioEvent);
        }

        var bytes = new byte[PartialLength(Math.Min(peer.Sent.Count, ReceiveBuffer), min: 1)];
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] = peer.Sent.Dequeue();
        }

        HasReportedAll &= peer.Sent.Count == 0;

        return Report(
            $"{connection} received {bytes.Length}",
            IoEvent.Received(connection, bytes),
            out ioEvent
        );
    }

    private bool Report(string what, in IoEvent reported, out IoEvent ioEvent)
    {
        trace.Add($"{Time.Monotonic} {what}");
        ioEvent = reported;
        return true;
    }

    private Option<IoError> NextError(SimulatedCall call) => Errors(call, CallCount++);

    private int PartialLength(int max, int min = 0) =>
        SplitsBytes && max > min ? random.Next(min, max + 1) : max;
}
