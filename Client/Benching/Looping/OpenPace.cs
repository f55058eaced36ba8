namespace TinyTcp.Cli.Benching.Looping;

/// <summary>
/// Open loop: requests are due at a constant rate, one connection after the other, whether replies come or not. A connection that has as
/// many under way as it may sends the next one late; the corrected latency counts from when it was due all the same, so that a
/// server that stalls is seen to stall all who would have come meanwhile. The raw one counts from when it was sent.
/// </summary>
/// <param name="connections">How many connections there are.</param>
/// <param name="depth">How many requests a connection may have under way.</param>
/// <param name="arrivals">When requests are due.</param>
internal sealed class OpenPace(int connections, int depth, Arrivals arrivals) : Pace
{
    private readonly long[] sentAt = new long[connections * depth];
    private readonly long[] sent = new long[connections];
    private readonly long[] answered = new long[connections];
    private Window window;
    private long due = long.MaxValue;
    private long passed;

    /// <inheritdoc/>
    internal override long NextDue => due < window.Until ? due : long.MaxValue;

    /// <inheritdoc/>
    internal override void Begin(Window window) => (this.window, due) = (window, Due(0));

    /// <inheritdoc/>
    internal override bool TryNext(long now, out int connection)
    {
        connection = (int)(passed % connections);
        if (now < due || due >= window.Until)
        {
            return false;
        }

        due = Due(++passed);
        return true;
    }

    /// <inheritdoc/>
    internal override int Leave(int connection, long now)
    {
        var count = 0;
        while (
            sent[connection] - answered[connection] < depth
            && (sent[connection] * connections) + connection < passed
        )
        {
            sentAt[Slot(connection, sent[connection]++)] = now;
            count++;
        }

        return count;
    }

    /// <inheritdoc/>
    internal override void Answer(int connection, int count, long now, Measured measured)
    {
        measured.Replies += window.Counts(now) ? count : 0;
        for (; count > 0; count--)
        {
            var index = answered[connection]++;
            var wasDue = Due((index * connections) + connection);
            if (window.Counts(wasDue))
            {
                measured.Late += now >= window.Until ? 1 : 0;
                measured.FromDue.Count(now - wasDue, 1);
                measured.FromSent.Count(now - sentAt[Slot(connection, index)], 1);
            }
        }
    }

    /// <inheritdoc/>
    internal override void GiveUp(long now, Measured measured)
    {
        var most = answered.Max();
        for (var connection = 0; connection < connections; connection++)
        {
            for (var index = answered[connection]; index < most; index++)
            {
                GiveUp((index * connections) + connection, 1, now, measured);
            }
        }

        // From here on nothing was answered. There may be more of it than can be counted one by one.
        var end = First(most * connections, Math.Min(now + 1, window.Until));
        for (var index = First(most * connections, window.From); index < end; )
        {
            var lowest = measured.FromDue.LowestEquivalentValue(
                Math.Min(now - Due(index), Latencies.Longest)
            );
            var next = Math.Min(end, First(index + 1, now - lowest + 1));
            GiveUp(index, next - index, now, measured);
            index = next;
        }
    }

    /// <summary>So many requests have waited about as long as this one, and have no answer.</summary>
    private void GiveUp(long index, long count, long now, Measured measured)
    {
        var wasDue = Due(index);
        if (wasDue <= now && window.Counts(wasDue))
        {
            measured.FromDue.Count(now - wasDue, count);
            measured.Unanswered += count;
        }
    }

    /// <summary>The first request from one on that is due at a time or later.</summary>
    private long First(long from, long time)
    {
        var step = 1L;
        while (Due(from + step) < time)
        {
            step *= 2;
        }

        var (low, high) = (from, from + step);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = Due(middle) < time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <inheritdoc/>
    internal override int UnderWay(int connection) => (int)(sent[connection] - answered[connection]);

    /// <inheritdoc/>
    internal override long Since(int connection) => sentAt[Slot(connection, answered[connection])];

    private long Due(long index) => window.Start + arrivals.Due(index);

    private int Slot(int connection, long index) => (connection * depth) + (int)(index % depth);
}
