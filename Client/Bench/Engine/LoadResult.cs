using TinyTcp.Cli.Statistics;

namespace TinyTcp.Cli.Bench.Engine;

/// <summary>
/// The counts of a run. Only the loop's thread writes; other threads may read <see cref="Replies"/> and copy all of them.
/// </summary>
internal sealed class LoadResult
{
    private long replies;

    /// <summary>
    /// Latencies from when a request was due; in a closed loop that is when it was sent. A request without a reply counts with
    /// its wait until the end of the run.
    /// </summary>
    internal LatencyHistogram LatencyFromDue { get; } = new();

    /// <summary>Latencies from when a request was sent, of answered requests; empty in a closed loop.</summary>
    internal LatencyHistogram LatencyFromSent { get; } = new();

    /// <summary>Answered requests that were due in the measurement window.</summary>
    internal long Requests => LatencyFromDue.Count - Unanswered;

    /// <summary>Those of them that were answered after the window; 0 in a closed loop.</summary>
    internal long Late { get; set; }

    /// <summary>Requests that were due in the window and never answered.</summary>
    internal long Unanswered { get; set; }

    /// <summary>Requests that were due in the window and not answered when a signal ended the run. They have no latency.</summary>
    internal long InFlight { get; private set; }

    /// <summary>Replies received in the window, whenever their requests were due.</summary>
    internal long Replies
    {
        get => Volatile.Read(ref replies);
        set => Volatile.Write(ref replies, value);
    }

    /// <summary>Makes the latencies and replies of this those of a run that is under way.</summary>
    internal void CopyFrom(LoadResult running)
    {
        Replies = running.Replies;
        LatencyFromDue.CopyFrom(running.LatencyFromDue);
        LatencyFromSent.CopyFrom(running.LatencyFromSent);
    }

    /// <summary>Counts the requests that are left when a run ends.</summary>
    /// <param name="scheduler">What sent them.</param>
    /// <param name="now">The end of the run.</param>
    /// <param name="isInterrupted">Whether a signal ended it, so that the server had no time to answer them.</param>
    internal void End(LoadScheduler scheduler, long now, bool isInterrupted)
    {
        var remaining = isInterrupted ? new LoadResult() : this;
        scheduler.OnEnd(now, remaining);
        InFlight = isInterrupted ? remaining.Unanswered : 0;
    }
}
