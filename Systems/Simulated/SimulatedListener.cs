namespace TinyTcp.Systems.Simulated;

/// <summary>A listener in memory. The systems of a group share it: one accepts from it, and any may adopt what it accepted.</summary>
public sealed class SimulatedListener
{
    private readonly Queue<SimulatedPeer> pending = new();
    private readonly Dictionary<int, SimulatedPeer> accepted = [];
    private int lastSocket;
    private bool isClosed;

    /// <summary>The clocks of all systems that share the listener.</summary>
    public VirtualTime Time { get; } = new();

    /// <summary>How many connections wait to be accepted.</summary>
    public int PendingConnections => pending.Count;

    /// <summary>A client connects. It is refused if the listener is closed: then it sees a reset.</summary>
    public void Connect(SimulatedPeer peer)
    {
        if (isClosed)
        {
            peer.DeliverReset();
        }
        else
        {
            pending.Enqueue(peer);
        }
    }

    /// <summary>Resets the connections that wait, and refuses those that follow.</summary>
    internal void Close()
    {
        isClosed = true;
        while (pending.TryDequeue(out var peer))
        {
            peer.DeliverReset();
        }
    }

    /// <summary>Accepts the connection that has waited longest.</summary>
    /// <returns>The socket's number.</returns>
    internal int Accept()
    {
        accepted.Add(++lastSocket, pending.Dequeue());
        return lastSocket;
    }

    /// <summary>An accepted socket that is not taken yet.</summary>
    internal SimulatedPeer Find(int socket) => accepted[socket];

    /// <summary>Takes an accepted socket, once.</summary>
    internal SimulatedPeer Take(int socket)
    {
        accepted.Remove(socket, out var peer);
        return peer!;
    }
}
