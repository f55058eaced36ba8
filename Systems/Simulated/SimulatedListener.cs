namespace TinyTcp.Systems.Simulated;

/// <summary>
/// A listener in memory that several systems may share. It notifies one of the accepting systems of a connection, and no
/// other: a kernel need not do more.
/// </summary>
/// <param name="seed">Determines which system is notified.</param>
public sealed class SimulatedListener(int seed = 0)
{
    private readonly Random random = new(seed);
    private readonly Queue<SimulatedPeer> pending = new();
    private readonly List<SimulatedSystem> accepting = [];
    private readonly HashSet<SimulatedSystem> notified = [];

    /// <summary>The clocks of all systems that share the listener.</summary>
    public VirtualTime Time { get; } = new();

    /// <summary>Whether a connection waits to be accepted.</summary>
    public bool HasPendingConnection => pending.Count > 0;

    /// <summary>A client connects.</summary>
    public void Connect(SimulatedPeer peer)
    {
        pending.Enqueue(peer);
        if (accepting.Count > 0)
        {
            notified.Add(accepting[random.Next(accepting.Count)]);
        }
    }

    /// <summary>A system accepts from now on. It is notified at once if a connection waits.</summary>
    internal void StartAccepting(SimulatedSystem system)
    {
        accepting.Add(system);
        notified.Add(system);
    }

    /// <summary>A system no longer accepts.</summary>
    internal void StopAccepting(SimulatedSystem system)
    {
        accepting.Remove(system);
        notified.Remove(system);
    }

    /// <summary>A system is about to wait: a notification of connections that are gone is withdrawn.</summary>
    internal void Wait(SimulatedSystem system)
    {
        if (!HasPendingConnection)
        {
            notified.Remove(system);
        }
    }

    /// <summary>Whether a connection waits and a system was notified of it.</summary>
    internal bool IsReadyFor(SimulatedSystem system) => HasPendingConnection && notified.Contains(system);

    /// <summary>Accepts the connection that has waited longest.</summary>
    internal SimulatedPeer Accept() => pending.Dequeue();
}
