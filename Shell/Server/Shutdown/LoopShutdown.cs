namespace TinyTcp.Server.Shutdown;

/// <summary>
/// The shutdown of one loop. Any thread may request it; the loop then accepts pending connections for a while, and aborts
/// the connections that remain after the timeout.
/// </summary>
internal sealed class LoopShutdown
{
    /// <summary>How long pending connections are accepted, even if more arrive.</summary>
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
    private bool hasBegun;
    private TimeSpan acceptsPendingUntil = TimeSpan.MinValue;
    private TimeSpan abortsAt = TimeSpan.MaxValue;

    /// <summary>Requests a drain. Thread-safe.</summary>
    /// <param name="timeout">After how long the remaining connections are aborted; zero for never.</param>
    /// <param name="acceptPending">Whether connections in the accept queue are accepted first.</param>
    public void Drain(TimeSpan timeout, bool acceptPending)
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

    /// <summary>Requests that everything is aborted now. Thread-safe.</summary>
    public void Abort()
    {
        lock (requestLock)
        {
            request = Request.Abort;
        }
    }

    /// <summary>Begins a requested shutdown.</summary>
    /// <returns>False if none was requested, or it has begun before.</returns>
    public bool TryBegin(TimeSpan now)
    {
        if (hasBegun || request == Request.None)
        {
            return false;
        }

        hasBegun = true;
        acceptsPendingUntil = acceptsPending ? now + MaxAcceptPendingTime : TimeSpan.MinValue;
        abortsAt = drainTimeout > TimeSpan.Zero ? now + drainTimeout : TimeSpan.MaxValue;
        return true;
    }

    /// <summary>Whether connections are accepted.</summary>
    public bool IsAccepting(TimeSpan now) => !hasBegun || IsAcceptingPending(now);

    /// <summary>Whether the shutdown still accepts pending connections.</summary>
    public bool IsAcceptingPending(TimeSpan now) => now < acceptsPendingUntil;

    /// <summary>Stops accepting pending connections.</summary>
    public void StopAccepting() => acceptsPendingUntil = TimeSpan.MinValue;

    /// <summary>Whether the remaining connections are to be aborted.</summary>
    public bool HasTimedOut(TimeSpan now) => request == Request.Abort || now >= abortsAt;

    /// <summary>When the next step is due; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    public TimeSpan NextDue(TimeSpan now) =>
        IsAcceptingPending(now) && acceptsPendingUntil < abortsAt ? acceptsPendingUntil : abortsAt;
}
