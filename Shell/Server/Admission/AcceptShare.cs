using System.Net;
using TinyTcp.Core.Sessions;

namespace TinyTcp.Server.Admission;

/// <summary>
/// One loop's part of all connections. A loop with more than its share declines to accept until the others have caught
/// up; whose connection lets them do so invites it again. Somebody always accepts: not all can have more than the
/// average, and no invitation is lost (<see cref="ShouldAccept"/>).
/// </summary>
/// <param name="limiter">All loops' connections.</param>
/// <param name="wake">Has the loop look again whether to accept, and whom; from any thread.</param>
internal sealed class AcceptShare(ConnectionLimiter limiter, Action wake)
{
    /// <summary>
    /// By which part of the average a loop may be ahead of it: by none while connections are few, and each may be a busy
    /// one; then by enough that loops do not decline and accept in turns all the time.
    /// </summary>
    internal const int Tolerance = 8;

    private int count;
    private int isPaused;

    /// <summary>All loops' connections.</summary>
    public ConnectionLimiter Limiter => limiter;

    /// <summary>How many connections with a place it has.</summary>
    public int Count => Volatile.Read(ref count);

    private bool IsBelowShare => limiter.Average is var average && Count <= average + (average / Tolerance);

    /// <summary>Takes a place for a connection.</summary>
    /// <param name="peer">Who is at its other end: to be known only where <see cref="ConnectionLimiter.NeedsPeerAddress"/>.</param>
    /// <returns>What has befallen the connection: it is opened, or why there is no place for it.</returns>
    public SessionEvent Acquire(EndPoint peer)
    {
        var outcome = limiter.Acquire(peer);
        if (outcome == SessionEvent.Opened)
        {
            Volatile.Write(ref count, count + 1);
            limiter.ResumeAccepting();
        }

        return outcome;
    }

    /// <summary>Gives the place of a connection back.</summary>
    /// <param name="peer">The same as when it was taken.</param>
    public void Release(EndPoint peer)
    {
        Volatile.Write(ref count, count - 1);
        limiter.Release(peer);
    }

    /// <summary>
    /// Whether to accept. Who declines says so first and then looks again: who enters after that look sees it and
    /// invites, and who entered before is seen by the look.
    /// </summary>
    public bool ShouldAccept()
    {
        var wants = IsBelowShare;
        if (!wants)
        {
            Interlocked.Exchange(ref isPaused, 1);
            wants = IsBelowShare;
        }

        if (wants)
        {
            Volatile.Write(ref isPaused, 0);
        }

        return wants;
    }

    /// <summary>Has the others look for somebody who waits.</summary>
    public void WakeOthers() => limiter.WakeUnderloaded();

    internal void ResumeAccepting()
    {
        if (Volatile.Read(ref isPaused) == 1 && IsBelowShare && Interlocked.Exchange(ref isPaused, 0) == 1)
        {
            wake();
        }
    }

    internal void WakeIfUnderloaded()
    {
        if (IsBelowShare)
        {
            wake();
        }
    }
}
