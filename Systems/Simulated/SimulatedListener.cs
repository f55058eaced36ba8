namespace TinyTcp.Systems.Simulated;

/// <summary>
/// A listener in memory that several systems may share. Of who comes it tells one of the systems that accept, and no
/// other: a kernel need not do more.
/// </summary>
/// <param name="seed">What its choices follow from.</param>
internal sealed class SimulatedListener(int seed = 0)
{
    private readonly Random random = new(seed);
    private readonly Queue<SimulatedPeer> acceptQueue = new();
    private readonly List<SimulatedSystem> accepting = [];
    private readonly HashSet<SimulatedSystem> notified = [];

    /// <summary>The clocks of all who share it.</summary>
    public VirtualTime Time { get; } = new();

    /// <summary>Whether somebody waits to be accepted.</summary>
    public bool HasPendingConnection => acceptQueue.Count > 0;

    /// <summary>A client connects.</summary>
    public void Connect(SimulatedPeer peer)
    {
        acceptQueue.Enqueue(peer);
        if (accepting.Count > 0)
        {
            notified.Add(accepting[random.Next(accepting.Count)]);
        }
    }

    /// <summary>A system accepts from now on: it is told at once if somebody waits.</summary>
    public void StartAccepting(SimulatedSystem system)
    {
        accepting.Add(system);
        notified.Add(system);
    }

    /// <summary>A system does not accept any more.</summary>
    public void StopAccepting(SimulatedSystem system)
    {
        accepting.Remove(system);
        notified.Remove(system);
    }

    /// <summary>A system is about to wait: what it was told of and is gone, it forgets.</summary>
    public void Wait(SimulatedSystem system)
    {
        if (!HasPendingConnection)
        {
            notified.Remove(system);
        }
    }

    /// <summary>Whether a system knows that somebody waits.</summary>
    public bool HasEventFor(SimulatedSystem system) => HasPendingConnection && notified.Contains(system);

    /// <summary>Who waits longest is accepted.</summary>
    public SimulatedPeer Accept() => acceptQueue.Dequeue();
}
