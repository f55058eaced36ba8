namespace TinyTcp.Cli.Bench.Engine;

/// <summary>
/// Open loop: requests are due at a constant rate, on one connection after the other, independent of replies. A connection with
/// <paramref name="depth"/> requests in flight sends the next one late. The corrected latency is from when a request was due, so
/// that a stall of the server delays all requests that were due during it; the raw latency is from when it was sent.
/// </summary>
/// <param name="connections">The number of connections.</param>
/// <param name="depth">The most requests in flight on a connection.</param>
/// <param name="arrivals">When requests are due.</param>
internal sealed class OpenLoopScheduler(int connections, int depth, Arrivals arrivals) : LoadScheduler
{
    private readonly long[] sentAt = new long[connections * depth];
    private readonly long[] sentCount = new long[connections];
    private readonly long[] answeredCount = new long[connections];
    private MeasurementWindow window;
    private long nextDue = long.MaxValue;
    private long dueCount;

    internal override long NextDue => nextDue < window.Until ? nextDue : long.MaxValue;

    internal override void Start(MeasurementWindow window) => (this.window, nextDue) = (window, Due(0));

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

    internal override void OnReplies(int connection, int count, long now, LoadResult result)
    {
        result.Replies += window.Contains(now) ? count : 0;
        for (; count > 0; count--)
        {
            var index = answeredCount[connection]++;
            var due = Due((index * connections) + connection);
            if (window.Contains(due))
            {
                result.Late += now >= window.Until ? 1 : 0;
                result.LatencyFromDue.Record(now - due, 1);
                result.LatencyFromSent.Record(now - sentAt[Slot(connection, index)], 1);
            }
        }
    }

    internal override void OnEnd(long now, LoadResult result)
    {
        var first = DueBefore(window.From);
        var end = DueBefore(Math.Min(now + 1, window.Until));
        // No connection has a reply to a request from here on, so all connections are counted as one schedule.
        var common = Math.Clamp(answeredCount.Max() * connections, first, Math.Max(first, end));
        RecordUnanswered(common, step: 1, end, now, result);
        for (var connection = 0; connection < connections; connection++)
        {
            var rounds = Math.Max(
                answeredCount[connection],
                (first - connection + connections - 1) / connections
            );
            RecordUnanswered((rounds * connections) + connection, connections, common, now, result);
        }
    }

    internal override int InFlight(int connection) =>
        (int)(sentCount[connection] - answeredCount[connection]);

    internal override long OldestSentAt(int connection) =>
        sentAt[Slot(connection, answeredCount[connection])];

    /// <summary>
    /// Records unanswered requests, all of a histogram bucket at once: at a high rate there may be 100 million of them per
    /// second.
    /// </summary>
    private void RecordUnanswered(long first, int step, long end, long now, LoadResult result)
    {
        for (var index = first; index < end; )
        {
            var wait = now - Due(index);
            var bucketEnd = Math.Min(end, DueBefore(now - result.LatencyFromDue.LowestEquivalent(wait) + 1));
            var count = (bucketEnd - index + step - 1) / step;
            result.LatencyFromDue.Record(wait, count);
            result.Unanswered += count;
            index += count * step;
        }
    }

    private long DueBefore(long time) => arrivals.DueBefore(time - window.Start);

    private long Due(long index) => window.Start + arrivals.Due(index);

    private int Slot(int connection, long index) => (connection * depth) + (int)(index % depth);
}
