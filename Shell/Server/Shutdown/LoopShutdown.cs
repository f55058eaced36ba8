using TinyTcp.Core.Sessions;

namespace TinyTcp.Server.Shutdown;

/// <summary>
/// A loop's shutdown: how it was requested, and when each step of it is due. In order: accept the connections that wait;
/// send each connection the shutdown notice (S-9) when it is quiet; abort what is left when the drain timeout is over.
/// Only <see cref="RequestDrain"/> and <see cref="RequestAbort"/> may be called from any thread.
/// </summary>
internal sealed class LoopShutdown
{
    private const int NoticeGroup = 100;

    private static readonly TimeSpan MaxNoticeInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaxNoticeDelay = TimeSpan.FromSeconds(1);

    /// <summary>For how long waiting connections are accepted, if more and more come.</summary>
    private static readonly TimeSpan MaxAcceptPendingTime = TimeSpan.FromSeconds(1);

    private enum Request
    {
        None,
        Drain,
        Abort,
    }

    private readonly Lock requestLock = new();
    private volatile Request request;
    private TimeSpan drainTimeout;
    private bool acceptsPending;
    private TimeSpan begunAt = TimeSpan.MaxValue;
    private TimeSpan acceptsPendingUntil = TimeSpan.MinValue;
    private TimeSpan abortsAt = TimeSpan.MaxValue;
    private TimeSpan noticeInterval;

    private bool HasBegun => begunAt < TimeSpan.MaxValue;

    /// <summary>Requests that the loop drains. Only the first request counts.</summary>
    /// <param name="timeout">When to abort what is left; zero for never.</param>
    /// <param name="acceptPending">Whether connections that wait already are accepted.</param>
    public void RequestDrain(TimeSpan timeout, bool acceptPending)
    {
        lock (requestLock)
        {
            if (request == Request.None)
            {
                (drainTimeout, acceptsPending) = (timeout, acceptPending);
                request = Request.Drain;
            }
        }
    }

    /// <summary>Requests that the loop ends at once.</summary>
    public void RequestAbort()
    {
        lock (requestLock)
        {
            request = Request.Abort;
        }
    }

    /// <summary>Begins the shutdown, if it is requested and has not begun.</summary>
    /// <param name="now">The time.</param>
    /// <param name="connectionCount">How many connections the loop has: many are not notified all at once.</param>
    /// <returns>Whether it began: then <see cref="NoticeDeadline"/> has changed for every connection.</returns>
    public bool TryBegin(TimeSpan now, int connectionCount)
    {
        if (HasBegun || request == Request.None)
        {
            return false;
        }

        begunAt = now;
        acceptsPendingUntil = acceptsPending ? now + MaxAcceptPendingTime : TimeSpan.MinValue;
        abortsAt = drainTimeout > TimeSpan.Zero ? now + drainTimeout : TimeSpan.MaxValue;
        noticeInterval = Earlier(
            MaxNoticeDelay / Math.Max(connectionCount / NoticeGroup, 1),
            MaxNoticeInterval
        );
        return true;
    }

    /// <summary>Whether new connections are accepted.</summary>
    public bool IsAccepting(TimeSpan now) => !HasBegun || IsAcceptingPending(now);

    /// <summary>Whether the shutdown has begun and waiting connections are still accepted.</summary>
    public bool IsAcceptingPending(TimeSpan now) => now < acceptsPendingUntil;

    /// <summary>Ends accepting: no connection waits any more.</summary>
    public void StopAccepting() => acceptsPendingUntil = TimeSpan.MinValue;

    /// <summary>Whether to abort the connections that are left.</summary>
    public bool IsAbortDue(TimeSpan now) => request == Request.Abort || now >= abortsAt;

    /// <summary>When the next step that concerns the whole loop is due; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    public TimeSpan NextDue(TimeSpan now) =>
        IsAcceptingPending(now) ? Earlier(acceptsPendingUntil, abortsAt) : abortsAt;

    /// <summary>
    /// When a connection gets the shutdown notice; <see cref="TimeSpan.MaxValue"/> for never. Each group of 100 gets it a
    /// little later, at most 1 s, so that their clients do not all connect to the next server at once.
    /// </summary>
    public TimeSpan NoticeDeadline(int connection, in Session session) =>
        HasBegun
            ? session.ShutdownDeadline(
                begunAt + Earlier(noticeInterval * (connection / NoticeGroup), MaxNoticeDelay)
            )
            : TimeSpan.MaxValue;

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
