namespace TinyTcp.Server.Shutdown;

/// <summary>
/// A loop's stop. Any thread may ask for it; the loop then accepts who has been waiting, for a while, and cuts who is left
/// once there is no time any more.
/// </summary>
internal sealed class LoopShutdown
{
    /// <summary>For how long it goes on accepting, if ever more come: who waited before has been served by then.</summary>
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

    /// <summary>From any thread: what <see cref="IEventLoop.Drain"/> asks for.</summary>
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

    /// <summary>From any thread: what <see cref="IEventLoop.Abort"/> asks for.</summary>
    public void Abort()
    {
        lock (requestLock)
        {
            request = Request.Abort;
        }
    }

    /// <summary>Begins, if it has been asked for and has not begun.</summary>
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

    /// <summary>Whether who comes is accepted.</summary>
    public bool IsAccepting(TimeSpan now) => !hasBegun || IsAcceptingPending(now);

    /// <summary>Whether it stops and still accepts who has been waiting.</summary>
    public bool IsAcceptingPending(TimeSpan now) => now < acceptsPendingUntil;

    /// <summary>Nobody who waited is left.</summary>
    public void StopAccepting() => acceptsPendingUntil = TimeSpan.MinValue;

    /// <summary>Whether whoever is left is to be cut.</summary>
    public bool HasTimedOut(TimeSpan now) => request == Request.Abort || now >= abortsAt;

    /// <summary>When it is to be asked again; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    public TimeSpan NextDue(TimeSpan now) =>
        IsAcceptingPending(now) && acceptsPendingUntil < abortsAt ? acceptsPendingUntil : abortsAt;
}
