namespace TinyTcp.Systems;

/// <summary>
/// Values by slots: small numbers. A free slot is used again before a new one, so that tables indexed by slots stay as short
/// as the largest number of connections. Descriptors would not do: they count all of the process, and a loop has only some.
/// </summary>
internal sealed class SlotTable<T>
{
    private readonly Stack<int> free = new();
    private T[] values = new T[16];
    private int count;

    /// <summary>The value in a slot.</summary>
    /// <param name="slot">A slot in use.</param>
    public T this[int slot] => values[slot];

    /// <summary>Adds a value in O(1).</summary>
    /// <returns>Its slot.</returns>
    public int Add(T value)
    {
        if (!free.TryPop(out var slot))
        {
            slot = count++;
            if (slot == values.Length)
            {
                Array.Resize(ref values, 2 * slot);
            }
        }

        values[slot] = value;
        return slot;
    }

    /// <summary>Frees a slot in O(1).</summary>
    /// <param name="slot">A slot in use.</param>
    public void Remove(int slot)
    {
        values[slot] = default!;
        free.Push(slot);
    }
}
