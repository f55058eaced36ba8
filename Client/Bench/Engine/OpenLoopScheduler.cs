namespace TinyTcp.Cli.Bench.Engine;

/// <summary>
/// Open loop: requests are due at a constant rate, one connection after the other, whether replies come or not. A connection that has as
/// many under way as it may sends the next one late; the corrected latency counts from when it was due all the same, so that a
/// server that stalls is seen to stall all who would have come meanwhile. The raw one counts from when it was sent.
/// </summary>
/// <param name="connections">How many connections there are.</param>
/// <param name="depth">How many requests a connection may have under way.</param>
/// <param name="arrivals">When requests are due.</param>
internal sealed class OpenLoopScheduler(int connections, int depth, Arrivals arrivals) : LoadScheduler
{
    private readonly long[] sentAt = new long[connections * depth];
    private readonly long[] sentCount = new long[connections];
    private readonly long[] answeredCount = new long[connections];
    private MeasurementWindow window;
    private long nextDue = long.MaxValue;
    private long dueCount;

    /// <inheritdoc/>
    internal override long NextDue => nextDue < window.Until ? nextDue : long.MaxValue;

    /// <inheritdoc/>
    internal override void Start(MeasurementWindow window) => (this.window, nextDue) = (window, Due(0));

    /// <inheritdoc/>
    internal override bool TryNext(long now, out int connection)
    {
        connection = (int)(dueCount % connections);
        if (now < nextDue || nextDue >= window.Until)
        {
            return false;
        }

        nextDue = Due(++dueCount);
        return true;
    }

    /// <inheritdoc/>
    internal override int NextBatch(int connection, long now)
    {
        var count = 0;
        while (
            sentCount[connection] - answeredCount[connection] < depth
            && (sentCount[connection] * connections) + connection < dueCount
        )
        {
            sentAt[Slot(connection, sentCount[connection]++)] = now;
            count++;
        }

        return count;
    }

    /// <inheritdoc/>
    internal override void OnReplies(int connection, int count, long now, LoadResult result)
    {
        result.Replies += window.Contains(now) ? count : 0;
        for (; count > 0; count--)
        {
            var index = answeredCount[connection]++;
            var wasDue = Due((index * connections) + connection);
            if (window.Contains(wasDue))
            {
                result.Late += now >= window.Until ? 1 : 0;
                result.LatencyFromDue.Record(now - wasDue, 1);
                result.LatencyFromSent.Record(now - sentAt[Slot(connection, index)], 1);
            }
        }
    }

    /// <inheritdoc/>
    internal override void OnEnd(long now, LoadResult result)
    {
        var first = DueBefore(window.From);
        var end = DueBefore(Math.Min(now + 1, window.Until));
        // From there on no connection has had a reply, and so all of them are one schedule.
        var common = Math.Clamp(answeredCount.Max() * connections, first, Math.Max(first, end));
        OnEnd(common, step: 1, end, now, result);
        for (var connection = 0; connection < connections; connection++)
        {
            var rounds = Math.Max(
                answeredCount[connection],
                (first - connection + connections - 1) / connections
            );
            OnEnd((rounds * connections) + connection, connections, common, now, result);
        }
    }

    /// <inheritdoc/>
    internal override int InFlight(int connection) =>
        (int)(sentCount[connection] - answeredCount[connection]);

    /// <inheritdoc/>
    internal override long OldestSentAt(int connection) =>
        sentAt[Slot(connection, answeredCount[connection])];

    /// <summary>
    /// Counts requests at even distances, a cell of the histogram at a time: at a rate that no server bears there are a hundred million
    /// of them each second, and who pressed Ctrl-C waits.
    /// </summary>
    private void OnEnd(long first, int step, long end, long now, LoadResult result)
    {
        for (var index = first; index < end; )
        {
            var waited = now - Due(index);
            var alike = Math.Min(end, DueBefore(now - result.LatencyFromDue.LowestEquivalent(waited) + 1));
            var count = (alike - index + step - 1) / step;
            result.LatencyFromDue.Record(waited, count);
            result.Unanswered += count;
            index += count * step;
        }
    }

    private long DueBefore(long at) => arrivals.DueBefore(at - window.Start);

    private long Due(long index) => window.Start + arrivals.Due(index);

    private int Slot(int connection, long index) => (connection * depth) + (int)(index % depth);
}
