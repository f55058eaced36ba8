namespace TinyTcp.Systems;

/// <summary>
/// Values by slots: small numbers. A free slot is used again before a new one, so that tables indexed by slots stay as short
/// as the largest number of connections. Descriptors would not do: they count all of the process, and a loop has only some.
/// </summary>
internal sealed class SlotTable<T>
{
    private T[] values = new T[16];
    private int[] free = new int[16];
    private int freeCount;
    private int count;

    /// <summary>The value in a slot.</summary>
    /// <param name="slot">A slot in use.</param>
    public T this[int slot] => values[slot];

    /// <summary>Adds a value in amortized O(1).</summary>
    /// <returns>Its slot.</returns>
    public int Add(T value)
    {
        if (freeCount == 0 && count == values.Length)
        {
            Array.Resize(ref free, 2 * count);
            Array.Resize(ref values, 2 * count);
        }

        var slot = freeCount > 0 ? free[--freeCount] : count++;
        values[slot] = value;
        return slot;
    }

    /// <summary>Frees a slot in O(1). It allocates nothing: a connection can be closed also when there is no memory.</summary>
    /// <param name="slot">A slot in use.</param>
    public void Remove(int slot)
    {
        values[slot] = default!;
        free[freeCount++] = slot;
    }
}
