namespace TinyTcp.Server.Loop;

/// <summary>
/// When each connection is to be looked at next: a binary heap with the earliest on top. An alarm may ring too early,
/// never too late: moving one to a later time is left until it rings, so that a busy connection costs nothing here.
/// </summary>
internal sealed class Alarms
{
    private const int None = -1;

    private (TimeSpan Due, int Id)[] heap = new (TimeSpan, int)[16];
    private int[] places = [];
    private int count;

    /// <summary>When the earliest alarm rings; <see cref="TimeSpan.MaxValue"/> where there is none.</summary>
    public TimeSpan NextDue => count == 0 ? TimeSpan.MaxValue : heap[0].Due;

    /// <summary>Sets an alarm, unless it already rings at that time or earlier.</summary>
    /// <param name="id">Whose.</param>
    /// <param name="due">When; <see cref="TimeSpan.MaxValue"/> for never.</param>
    public void Set(int id, TimeSpan due)
    {
        if (due == TimeSpan.MaxValue)
        {
            return;
        }

        MakeRoom(id);
        var place = places[id];
        if (place == None)
        {
            Rise(count++, (due, id));
        }
        else if (due < heap[place].Due)
        {
            Rise(place, (due, id));
        }
    }

    /// <summary>Takes the alarm off, if there is one.</summary>
    public void Clear(int id)
    {
        var place = id < places.Length ? places[id] : None;
        if (place == None)
        {
            return;
        }

        places[id] = None;
        var last = heap[--count];
        if (place < count)
        {
            Rise(place, last);
            Sink(places[last.Id], last);
        }
    }

    /// <summary>Takes the earliest alarm off if it is time.</summary>
    /// <param name="now">The time.</param>
    /// <param name="id">Whose it was.</param>
    public bool TryRing(TimeSpan now, out int id)
    {
        id = heap[0].Id;
        if (count == 0 || heap[0].Due > now)
        {
            return false;
        }

        Clear(id);
        return true;
    }

    private void MakeRoom(int id)
    {
        if (count == heap.Length)
        {
            Array.Resize(ref heap, heap.Length * 2);
        }

        if (id >= places.Length)
        {
            var from = places.Length;
            Array.Resize(ref places, Math.Max(id + 1, from * 2));
            places.AsSpan(from).Fill(None);
        }
    }

    private void Rise(int place, (TimeSpan Due, int Id) alarm)
    {
        while (place > 0 && alarm.Due < heap[(place - 1) / 2].Due)
        {
            Put(place, heap[(place - 1) / 2]);
            place = (place - 1) / 2;
        }

        Put(place, alarm);
    }

    private void Sink(int place, (TimeSpan Due, int Id) alarm)
    {
        for (var child = Earlier(place); child < count && heap[child].Due < alarm.Due; child = Earlier(place))
        {
            Put(place, heap[child]);
            place = child;
        }

        Put(place, alarm);
    }

    private int Earlier(int place)
    {
        var left = (2 * place) + 1;
        return left + 1 < count && heap[left + 1].Due < heap[left].Due ? left + 1 : left;
    }

    private void Put(int place, (TimeSpan Due, int Id) alarm)
    {
        heap[place] = alarm;
        places[alarm.Id] = place;
    }
}
