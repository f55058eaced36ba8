using TinyTcp.Core.Sessions;

namespace TinyTcp.Server.Shutdown;

/// <summary>
/// A loop's shutdown: how it was requested, and when each step of it is due. Pending connections are accepted first;
/// each connection gets the shutdown notice (S-9) once it is quiet; what is left at the drain timeout is aborted.
/// Only <see cref="RequestDrain"/> and <see cref="RequestAbort"/> may be called from any thread.
/// </summary>
internal sealed class LoopShutdown
{
    private const int NoticeGroup = 100;

    private static readonly TimeSpan MaxNoticeInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaxNoticeDelay = TimeSpan.FromSeconds(1);

    /// <summary>Maximum time for which pending connections are accepted.</summary>
    private static readonly TimeSpan MaxAcceptPendingTime = TimeSpan.FromSeconds(1);

    private enum Mode
    {
        Running,
        Drain,
        Abort,
    }

    private readonly Lock requestLock = new();
    private volatile Mode mode;
    private TimeSpan drainTimeout;
    private bool ownsListeners;
    private TimeSpan begunAt = TimeSpan.MaxValue;
    private TimeSpan acceptsPendingUntil;
    private TimeSpan abortsAt = TimeSpan.MaxValue;
    private TimeSpan noticeInterval;

    private bool HasBegun => begunAt < TimeSpan.MaxValue;

    /// <summary>Requests that the loop drains. Only the first call counts.</summary>
    /// <param name="timeout">How long connections may take to end before they are aborted; zero for no limit.</param>
    /// <param name="closeListeners">Whether pending connections are accepted, and then the listeners closed.</param>
    public void RequestDrain(TimeSpan timeout, bool closeListeners)
    {
        lock (requestLock)
        {
            if (mode == Mode.Running)
            {
                (drainTimeout, ownsListeners) = (timeout, closeListeners);
                mode = Mode.Drain;
            }
        }
    }

    /// <summary>Requests that the loop ends at once.</summary>
    /// <param name="closeListeners">Whether the listeners are closed.</param>
    public void RequestAbort(bool closeListeners)
    {
        lock (requestLock)
        {
            ownsListeners = closeListeners;
            mode = Mode.Abort;
        }
    }

    /// <summary>Whether a shutdown is requested.</summary>
    public bool IsRequested => mode != Mode.Running;

    /// <summary>Begins the shutdown, if it is requested and has not begun; notes when an abort was requested.</summary>
    /// <param name="now">The time.</param>
    /// <param name="connectionCount">How many connections the loop has: many are not notified all at once.</param>
    /// <returns>Whether it began: then <see cref="NoticeDeadline"/> has changed for every connection.</returns>
    public bool TryBegin(TimeSpan now, int connectionCount)
    {
        if (mode == Mode.Abort)
        {
            abortsAt = Earlier(abortsAt, now);
        }

        if (HasBegun || !IsRequested)
        {
            return false;
        }

        begunAt = now;
        (IsAcceptingPending, acceptsPendingUntil) = (ownsListeners, now + MaxAcceptPendingTime);
        abortsAt = drainTimeout > TimeSpan.Zero ? Earlier(abortsAt, now + drainTimeout) : abortsAt;
        noticeInterval = Earlier(
            MaxNoticeDelay / Math.Max(connectionCount / NoticeGroup, 1),
            MaxNoticeInterval
        );
        return true;
    }

    /// <summary>Whether new connections are accepted.</summary>
    public bool IsAccepting => !HasBegun || IsAcceptingPending;

    /// <summary>Whether the shutdown has begun and pending connections are still accepted.</summary>
    public bool IsAcceptingPending { get; private set; }

    /// <summary>Whether pending connections have been accepted for long enough.</summary>
    public bool IsAcceptingOver(TimeSpan observed) => observed >= acceptsPendingUntil;

    /// <summary>Ends accepting.</summary>
    public void StopAccepting() => IsAcceptingPending = false;

    /// <summary>Whether to abort the connections that are left.</summary>
    public bool IsAbortDue(TimeSpan observed) => observed >= abortsAt;

    /// <summary>When the next step that concerns the whole loop is due; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    public TimeSpan NextDue => IsAcceptingPending ? Earlier(acceptsPendingUntil, abortsAt) : abortsAt;

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

    /// <summary>The earlier of two times.</summary>
    internal static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
