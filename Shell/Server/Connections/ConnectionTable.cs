namespace TinyTcp.Server.Connections;

/// <summary>A loop's connections by the slots that the system gave them.</summary>
/// <param name="allocator">The allocator of the buffers of their pending bytes.</param>
internal sealed class ConnectionTable(BufferAllocator allocator)
{
    // In chunks, so that growing copies nothing: an array that has become too small stays in memory until a full collection.
    private const int ChunkLength = 256;

    private Connection[][] chunks = [];

    /// <summary>How many connections there are.</summary>
    public int Count { get; private set; }

    /// <summary>A connection, to be changed in place.</summary>
    public ref Connection this[int slot] => ref chunks[slot / ChunkLength][slot % ChunkLength];

    /// <summary>The slots in use.</summary>
    public IEnumerable<int> Slots =>
        Enumerable.Range(0, chunks.Length * ChunkLength).Where(slot => this[slot].State != SocketState.Free);

    /// <summary>Allocates space for a slot.</summary>
    public void Reserve(int slot)
    {
        while (slot >= chunks.Length * ChunkLength)
        {
            chunks = [.. chunks, new Connection[ChunkLength]];
        }
    }

    /// <summary>Adds a connection.</summary>
    /// <param name="slot">A free slot that is reserved.</param>
    /// <param name="connectionId">Its number in the log.</param>
    /// <param name="isCounted">Whether it counts against the limits.</param>
    public void Add(int slot, long connectionId, bool isCounted)
    {
        Count++;
        this[slot] = new Connection
        {
            State = SocketState.Open,
            ConnectionId = connectionId,
            IsCounted = isCounted,
        };
    }

    /// <summary>Removes a connection and its pending bytes.</summary>
    public void Remove(int slot)
    {
        this[slot].Input.Clear(allocator);
        this[slot].Output.Clear(allocator);
        this[slot] = default;
        Count--;
    }
}
