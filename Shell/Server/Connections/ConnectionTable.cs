namespace TinyTcp.Server.Connections;

/// <summary>A loop's connections by the numbers that the system gave them: small numbers, used again.</summary>
/// <param name="memory">Where the buffers of their pending bytes are from.</param>
internal sealed class ConnectionTable(PendingMemory memory)
{
    private Connection[] slots = new Connection[16];

    /// <summary>How many connections there are.</summary>
    public int Count { get; private set; }

    /// <summary>A connection, to be changed in place. The reference is valid until the next <see cref="Add"/>.</summary>
    public ref Connection this[int id] => ref slots[id];

    /// <summary>The numbers in use.</summary>
    public IEnumerable<int> Ids =>
        Enumerable.Range(0, slots.Length).Where(id => slots[id].State != SocketState.Free);

    /// <summary>Adds a connection.</summary>
    /// <param name="id">A number that is free.</param>
    /// <param name="connectionId">Its number in the log.</param>
    /// <param name="isCounted">Whether it counts against the limits.</param>
    public void Add(int id, long connectionId, bool isCounted)
    {
        ArrayCapacity.Ensure(ref slots, id);
        Count++;
        slots[id] = new Connection
        {
            State = SocketState.Open,
            ConnectionId = connectionId,
            IsCounted = isCounted,
        };
    }

    /// <summary>Removes a connection and its pending bytes.</summary>
    public void Remove(int id)
    {
        slots[id].Input.Clear(memory);
        slots[id].Output.Clear(memory);
        slots[id] = default;
        Count--;
    }
}
