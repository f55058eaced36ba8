namespace TinyTcp.Cli.Bench.Engine;

/// <summary>
/// Closed loop: each connection sends a batch, and the next one once all of it is answered. A latency counts from when the batch was
/// sent until the reply came, for each request once.
/// </summary>
/// <param name="connections">How many connections there are.</param>
/// <param name="depth">How many requests a batch has.</param>
internal sealed class ClosedLoopScheduler(int connections, int depth) : LoadScheduler
{
    private readonly long[] sentAt = new long[connections];
    private readonly int[] inFlight = new int[connections];
    private MeasurementWindow window;
    private int started = int.MaxValue;

    /// <inheritdoc/>
    internal override long NextDue => started < sentAt.Length ? window.Start : long.MaxValue;

    /// <inheritdoc/>
    internal override void Start(MeasurementWindow window) => (this.window, started) = (window, 0);

    /// <inheritdoc/>
    internal override bool TryNext(long now, out int connection)
    {
        var found = now >= NextDue;
        connection = found ? started++ : 0;
        return found;
    }

    /// <inheritdoc/>
    internal override int NextBatch(int connection, long now)
    {
        if (inFlight[connection] > 0 || now >= window.Until)
        {
            return 0;
        }

        sentAt[connection] = now;
        return inFlight[connection] = depth;
    }

    /// <inheritdoc/>
    internal override void OnReplies(int connection, int count, long now, LoadResult result)
    {
        inFlight[connection] -= count;
        result.Replies += window.Contains(now) ? count : 0;
        Record(connection, count, now, result);
    }

    /// <inheritdoc/>
    internal override void OnEnd(long now, LoadResult result)
    {
        for (var connection = 0; connection < sentAt.Length; connection++)
        {
            result.Unanswered += Record(connection, inFlight[connection], now, result);
        }
    }

    /// <inheritdoc/>
    internal override int InFlight(int connection) => inFlight[connection];

    /// <inheritdoc/>
    internal override long OldestSentAt(int connection) => sentAt[connection];

    private int Record(int connection, int count, long now, LoadResult result)
    {
        var counted = window.Contains(sentAt[connection]) ? count : 0;
        result.LatencyFromDue.Record(now - sentAt[connection], counted);
        return counted;
    }
}
