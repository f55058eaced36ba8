namespace TinyTcp.Server.Connections;

/// <summary>A loop's connections by the slots that the system gave them.</summary>
/// <param name="allocator">The allocator of the buffers of their pending bytes.</param>
internal sealed class ConnectionTable(BufferAllocator allocator)
{
    private Connection[] connections = new Connection[16];

    /// <summary>How many connections there are.</summary>
    public int Count { get; private set; }

    /// <summary>A connection, to be changed in place. The reference is valid until the next <see cref="Add"/>.</summary>
    public ref Connection this[int slot] => ref connections[slot];

    /// <summary>The slots in use.</summary>
    public IEnumerable<int> Slots =>
        Enumerable.Range(0, connections.Length).Where(slot => connections[slot].State != SocketState.Free);

    /// <summary>Adds a connection.</summary>
    /// <param name="slot">A free slot.</param>
    /// <param name="connectionId">Its number in the log.</param>
    /// <param name="isCounted">Whether it counts against the limits.</param>
    public void Add(int slot, long connectionId, bool isCounted)
    {
        ArrayCapacity.Ensure(ref connections, slot);
        Count++;
        connections[slot] = new Connection
        {
            State = SocketState.Open,
            ConnectionId = connectionId,
            IsCounted = isCounted,
        };
    }

    /// <summary>Removes a connection and its pending bytes.</summary>
    public void Remove(int slot)
    {
        connections[slot].Input.Clear(allocator);
        connections[slot].Output.Clear(allocator);
        connections[slot] = default;
        Count--;
    }
}
