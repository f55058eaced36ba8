namespace TinyTcp.Cli.Bench.Engine;

/// <summary>
/// When requests leave, and what their latencies are. It knows connections by their numbers, 0 and up, and times in nanoseconds; it
/// sends nothing itself.
/// </summary>
internal abstract class LoadScheduler
{
    /// <summary>When <see cref="TryNext"/> has something; <see cref="long.MaxValue"/> for never.</summary>
    internal abstract long NextDue { get; }

    /// <summary>All are connected: now it begins.</summary>
    /// <param name="window">When it begins, what counts, and when it ends.</param>
    internal abstract void Start(MeasurementWindow window);

    /// <summary>A connection on which something is due.</summary>
    internal abstract bool TryNext(long now, out int connection);

    /// <summary>How many requests leave on a connection now; they count as sent.</summary>
    internal abstract int NextBatch(int connection, long now);

    /// <summary>The oldest so many requests of a connection were answered.</summary>
    internal abstract void OnReplies(int connection, int count, long now, LoadResult result);

    /// <summary>It ends: what is due and not answered counts as long as it has waited. Left out, it would hide a server that stands still.</summary>
    internal abstract void OnEnd(long now, LoadResult result);

    /// <summary>How many requests of a connection were sent and not answered.</summary>
    internal abstract int InFlight(int connection);

    /// <summary>Since when the oldest of them is under way.</summary>
    internal abstract long OldestSentAt(int connection);
}

/// <summary>What counts of a run.</summary>
/// <param name="Start">When the first request leaves.</param>
/// <param name="From">Requests count from here on</param>
/// <param name="Until">and up to here; later none leaves.</param>
internal readonly record struct MeasurementWindow(long Start, long From, long Until)
{
    /// <summary>Whether a request counts, by when it was sent, or was due.</summary>
    internal bool Contains(long nanoseconds) => nanoseconds >= From && nanoseconds < Until;
}
