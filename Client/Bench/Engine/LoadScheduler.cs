namespace TinyTcp.Cli.Bench.Engine;

/// <summary>
/// Decides when requests are sent, and records their latencies. It does no I/O. Connections have numbers from 0; times are in
/// nanoseconds.
/// </summary>
internal abstract class LoadScheduler
{
    /// <summary>When <see cref="TryNext"/> will return a connection; <see cref="long.MaxValue"/> for never.</summary>
    internal abstract long NextDue { get; }

    /// <summary>Whether all requests have been sent that the run was to measure.</summary>
    internal virtual bool HasSentAll => false;

    /// <summary>Starts, when all connections are established.</summary>
    internal abstract void Start(MeasurementWindow window);

    /// <summary>The next connection on which a request is due.</summary>
    internal abstract bool TryNext(long now, out int connection);

    /// <summary>The number of requests to send on a connection now; they count as sent.</summary>
    internal abstract int NextBatch(int connection, long now);

    /// <summary>The oldest requests of a connection were answered.</summary>
    internal abstract void OnReplies(int connection, int count, long now, LoadResult result);

    /// <summary>
    /// The run ends: requests that were due and not answered count with their wait so far. Otherwise a server that stalls until
    /// the end would look fast.
    /// </summary>
    internal abstract void OnEnd(long now, LoadResult result);

    /// <summary>The number of requests of a connection that were sent and not answered.</summary>
    internal abstract int InFlight(int connection);

    /// <summary>When the oldest of them was sent.</summary>
    internal abstract long OldestSentAt(int connection);
}
