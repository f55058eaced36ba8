using LanguageExt;

namespace TinyTcp.Cli.Bench.Engine;

/// <summary>
/// Closed loop: each connection sends a batch, and the next one when the batch is answered. Every request of a batch has a
/// latency, from when the batch was sent.
/// </summary>
/// <param name="connections">The number of connections.</param>
/// <param name="depth">The size of a batch.</param>
/// <param name="count">The number of requests to measure; none for as many as the window has time for.</param>
internal sealed class ClosedLoopScheduler(int connections, int depth, Option<long> count = default)
    : LoadScheduler
{
    private readonly long[] sentAt = new long[connections];
    private readonly int[] inFlight = new int[connections];
    private readonly bool isCounted = count.IsSome;
    private MeasurementWindow window;
    private int started = int.MaxValue;
    private long unsent = count.IfNone(long.MaxValue);

    internal override long NextDue => started < sentAt.Length ? window.Start : long.MaxValue;

    internal override bool HasSentAll => unsent == 0;

    internal override void Start(MeasurementWindow window) => (this.window, started) = (window, 0);

    internal override bool TryNext(long now, out int connection)
    {
        var isDue = now >= NextDue;
        connection = isDue ? started++ : 0;
        return isDue;
    }

    internal override int NextBatch(int connection, long now)
    {
        if (inFlight[connection] > 0 || now >= window.Until)
        {
            return 0;
        }

        sentAt[connection] = now;
        inFlight[connection] = (int)Math.Min(depth, unsent);
        unsent -= window.Contains(now) ? inFlight[connection] : 0;
        return inFlight[connection];
    }

    internal override void OnReplies(int connection, int count, long now, LoadResult result)
    {
        inFlight[connection] -= count;
        // A counted request is one of the window, even at its start.
        result.Replies += window.Contains(isCounted ? sentAt[connection] : now) ? count : 0;
        Record(connection, count, now, result);
    }

    internal override void OnEnd(long now, LoadResult result)
    {
        for (var connection = 0; connection < sentAt.Length; connection++)
        {
            result.Unanswered += Record(connection, inFlight[connection], now, result);
        }
    }

    internal override int InFlight(int connection) => inFlight[connection];

    internal override long OldestSentAt(int connection) => sentAt[connection];

    private int Record(int connection, int count, long now, LoadResult result)
    {
        var counted = window.Contains(sentAt[connection]) ? count : 0;
        result.LatencyFromDue.Record(now - sentAt[connection], counted);
        return counted;
    }
}
