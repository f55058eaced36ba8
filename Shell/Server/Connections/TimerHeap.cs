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

    private (TimeSpan Due, int Id)[] heap = new (TimeSpan, int)[16];
    private int[] positions = new int[16];
    private int count;

    /// <summary>When the earliest timer fires; <see cref="TimeSpan.MaxValue"/> if there is none.</summary>
    public TimeSpan NextDue => count == None ? TimeSpan.MaxValue : heap[Top].Due;

    /// <summary>Sets a connection's timer, unless it already fires at that time or earlier.</summary>
    /// <param name="id">The connection.</param>
    /// <param name="due">When it fires; <see cref="TimeSpan.MaxValue"/> for never.</param>
    public void Set(int id, TimeSpan due)
    {
        if (due == TimeSpan.MaxValue)
        {
            return;
        }

        ArrayCapacity.Ensure(ref positions, id);
        var position = positions[id];
        if (position == None)
        {
            ArrayCapacity.Ensure(ref heap, ++count);
            SiftUp(count, (due, id));
        }
        else if (due < heap[position].Due)
        {
            SiftUp(position, (due, id));
        }
    }

    /// <summary>Removes a connection's timer, if there is one.</summary>
    public void Clear(int id)
    {
        var position = id < positions.Length ? positions[id] : None;
        if (position == None)
        {
            return;
        }

        positions[id] = None;
        var moved = heap[count--];
        if (position <= count)
        {
            SiftUp(position, moved);
            SiftDown(positions[moved.Id], moved);
        }
    }

    /// <summary>Removes the earliest timer if it is due.</summary>
    /// <param name="now">The time.</param>
    /// <param name="id">Its connection.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryDequeueDue(TimeSpan now, out int id)
    {
        id = default;
        if (count == None || heap[Top].Due > now)
        {
            return false;
        }

        id = heap[Top].Id;
        Clear(id);
        return true;
    }

    private void SiftUp(int position, (TimeSpan Due, int Id) timer)
    {
        while (position > Top && timer.Due < heap[position / 2].Due)
        {
            Put(position, heap[position / 2]);
            position /= 2;
        }

        Put(position, timer);
    }

    private void SiftDown(int position, (TimeSpan Due, int Id) timer)
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

    private void Put(int position, (TimeSpan Due, int Id) timer)
    {
        heap[position] = timer;
        positions[timer.Id] = position;
    }
}
