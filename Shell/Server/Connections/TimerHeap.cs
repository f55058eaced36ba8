namespace TinyTcp.Server.Connections;

/// <summary>
/// When each connection is to be looked at next: a binary heap with the earliest on top. An alarm may ring too early,
/// never too late: moving one to a later time is left until it rings, so that a busy connection costs nothing here.
/// </summary>
internal sealed class TimerHeap
{
    // Places count from 1, so that 0 is nobody's.
    private const int None = 0;
    private const int Top = 1;

    private (TimeSpan Due, int Id)[] heap = new (TimeSpan, int)[16];
    private int[] positions = new int[16];
    private int count;

    /// <summary>When the earliest alarm rings; <see cref="TimeSpan.MaxValue"/> where there is none.</summary>
    public TimeSpan NextDue => count == None ? TimeSpan.MaxValue : heap[Top].Due;

    /// <summary>Sets an alarm, unless it already rings at that time or earlier.</summary>
    /// <param name="id">Whose.</param>
    /// <param name="due">When; <see cref="TimeSpan.MaxValue"/> for never.</param>
    public void Set(int id, TimeSpan due)
    {
        if (due == TimeSpan.MaxValue)
        {
            return;
        }

        Reach(ref positions, id);
        var place = positions[id];
        if (place == None)
        {
            Reach(ref heap, ++count);
            SiftUp(count, (due, id));
        }
        else if (due < heap[place].Due)
        {
            SiftUp(place, (due, id));
        }
    }

    /// <summary>Takes the alarm off, if there is one.</summary>
    public void Clear(int id)
    {
        var place = id < positions.Length ? positions[id] : None;
        if (place == None)
        {
            return;
        }

        positions[id] = None;
        var moved = heap[count--];
        if (place <= count)
        {
            SiftUp(place, moved);
            SiftDown(positions[moved.Id], moved);
        }
    }

    /// <summary>Takes the earliest alarm off if it is time.</summary>
    /// <param name="now">The time.</param>
    /// <param name="id">Whose it was.</param>
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

    private static void Reach<T>(ref T[] array, int index)
    {
        if (index >= array.Length)
        {
            Array.Resize(ref array, Math.Max(index + 1, 2 * array.Length));
        }
    }

    private void SiftUp(int place, (TimeSpan Due, int Id) alarm)
    {
        while (place > Top && alarm.Due < heap[place / 2].Due)
        {
            Put(place, heap[place / 2]);
            place /= 2;
        }

        Put(place, alarm);
    }

    private void SiftDown(int place, (TimeSpan Due, int Id) alarm)
    {
        for (
            var child = Earlier(place);
            child <= count && heap[child].Due < alarm.Due;
            child = Earlier(place)
        )
        {
            Put(place, heap[child]);
            place = child;
        }

        Put(place, alarm);
    }

    private int Earlier(int place)
    {
        var left = 2 * place;
        return left < count && heap[left + 1].Due < heap[left].Due ? left + 1 : left;
    }

    private void Put(int place, (TimeSpan Due, int Id) alarm)
    {
        heap[place] = alarm;
        positions[alarm.Id] = place;
    }
}
