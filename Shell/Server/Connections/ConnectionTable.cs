namespace TinyTcp.Server.Connections;

/// <summary>The loop's connections, by the number that the system gave each: small numbers, used again.</summary>
internal sealed class ConnectionTable
{
    private Connection[] slots = new Connection[16];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>One of them, to be changed in place; the reference is good until the next <see cref="Add"/>.</summary>
    public ref Connection this[int id] => ref slots[id];

    /// <summary>The numbers in use, at the time of asking.</summary>
    public IEnumerable<int> Ids =>
        Enumerable.Range(0, slots.Length).Where(id => slots[id].State != SocketState.Free);

    /// <summary>Makes an entry.</summary>
    /// <param name="id">A number that is free.</param>
    /// <param name="connectionId">Its number in the log.</param>
    public ref Connection Add(int id, long connectionId)
    {
        if (id >= slots.Length)
        {
            Array.Resize(ref slots, Math.Max(id + 1, 2 * slots.Length));
        }

        Count++;
        slots[id] = new Connection { State = SocketState.Open, ConnectionId = connectionId };
        return ref slots[id];
    }

    /// <summary>Frees an entry and what it holds.</summary>
    public void Remove(int id)
    {
        slots[id].Input.Clear();
        slots[id].Output.Clear();
        slots[id] = default;
        Count--;
    }
}
