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
        var first = DueBefore(window.From);
        var end = DueBefore(Math.Min(now + 1, window.Until));
        // From there on no connection has had a reply, and so all of them are one schedule.
        var common = Math.Clamp(answered.Max() * connections, first, Math.Max(first, end));
        GiveUp(common, step: 1, end, now, measured);
        for (var connection = 0; connection < connections; connection++)
        {
            var rounds = Math.Max(answered[connection], (first - connection + connections - 1) / connections);
            GiveUp((rounds * connections) + connection, connections, common, now, measured);
        }
    }

    /// <inheritdoc/>
    internal override int UnderWay(int connection) => (int)(sent[connection] - answered[connection]);

    /// <inheritdoc/>
    internal override long Since(int connection) => sentAt[Slot(connection, answered[connection])];

    /// <summary>
    /// Counts requests at even distances, a cell of the histogram at a time: at a rate that no server bears there are a hundred million
    /// of them each second, and who pressed Ctrl-C waits.
    /// </summary>
    private void GiveUp(long first, int step, long end, long now, Measured measured)
    {
        for (var index = first; index < end; )
        {
            var waited = now - Due(index);
            var alike = Math.Min(end, DueBefore(now - measured.FromDue.ShortestLike(waited) + 1));
            var count = (alike - index + step - 1) / step;
            measured.FromDue.Count(waited, count);
            measured.Unanswered += count;
            index += count * step;
        }
    }

    private long DueBefore(long at) => arrivals.DueBefore(at - window.Start);

    private long Due(long index) => window.Start + arrivals.Due(index);

    private int Slot(int connection, long index) => (connection * depth) + (int)(index % depth);
}
