namespace TinyTcp.Server.Connections;

/// <summary>
/// A timer per connection, in a binary heap with the earliest on top. A timer may fire early, never late: when a deadline
/// moves to a later time the timer stays, and is set again when it fires. So a busy connection costs nothing here.
/// </summary>
internal sealed class TimerHeap
{
    // Positions count from 1, so that 0 means that there is no timer.
    private const int None = 0;
    private const int Top = 1;

    private (TimeSpan Due, int Slot)[] heap = new (TimeSpan, int)[16];
    private int[] positions = new int[16];
    private int count;

    /// <summary>When the earliest timer fires; <see cref="TimeSpan.MaxValue"/> if there is none.</summary>
    public TimeSpan NextDue => count == None ? TimeSpan.MaxValue : heap[Top].Due;

    /// <summary>Allocates space for a connection's timer.</summary>
    public void Reserve(int slot)
    {
        EnsureCapacity(ref positions, slot);
        EnsureCapacity(ref heap, count + 1);
    }

    /// <summary>Sets a connection's timer, unless it already fires at that time or earlier.</summary>
    /// <param name="slot">The connection's slot.</param>
    /// <param name="due">When it fires; <see cref="TimeSpan.MaxValue"/> for never.</param>
    public void Set(int slot, TimeSpan due)
    {
        if (due == TimeSpan.MaxValue)
        {
            return;
        }

        Reserve(slot);
        var position = positions[slot];
        if (position == None)
        {
            SiftUp(++count, (due, slot));
        }
        else if (due < heap[position].Due)
        {
            SiftUp(position, (due, slot));
        }
    }

    /// <summary>Removes a connection's timer, if there is one.</summary>
    public void Clear(int slot)
    {
        var position = slot < positions.Length ? positions[slot] : None;
        if (position == None)
        {
            return;
        }

        positions[slot] = None;
        var moved = heap[count--];
        if (position <= count)
        {
            SiftUp(position, moved);
            SiftDown(positions[moved.Slot], moved);
        }
    }

    /// <summary>Removes the earliest timer if it is due.</summary>
    /// <param name="now">The time.</param>
    /// <param name="slot">Its connection's slot.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryDequeueDue(TimeSpan now, out int slot)
    {
        slot = default;
        if (count == None || heap[Top].Due > now)
        {
            return false;
        }

        slot = heap[Top].Slot;
        Clear(slot);
        return true;
    }

    private void SiftUp(int position, (TimeSpan Due, int Slot) timer)
    {
        while (position > Top && timer.Due < heap[position / 2].Due)
        {
            Put(position, heap[position / 2]);
            position /= 2;
        }

        Put(position, timer);
    }

    private void SiftDown(int position, (TimeSpan Due, int Slot) timer)
    {
        for (
            var child = EarlierChild(position);
            child <= count && heap[child].Due < timer.Due;
            child = EarlierChild(position)
        )
        {
            Put(position, heap[child]);
            position = child;
        }

        Put(position, timer);
    }

    private int EarlierChild(int position)
    {
        var left = 2 * position;
        return left < count && heap[left + 1].Due < heap[left].Due ? left + 1 : left;
    }

    private void Put(int position, (TimeSpan Due, int Slot) timer)
    {
        heap[position] = timer;
        positions[timer.Slot] = position;
    }

    /// <summary>Makes an array long enough for an index; it at least doubles, so that adding takes amortized O(1).</summary>
    private static void EnsureCapacity<T>(ref T[] array, int index)
    {
        if (index >= array.Length)
        {
            Array.Resize(ref array, Math.Max(index + 1, 2 * array.Length));
        }
    }
}
