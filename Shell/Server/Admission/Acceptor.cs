using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TinyTcp.Server.Logging;
using TinyTcp.Systems;

namespace TinyTcp.Server.Admission;

/// <summary>
/// Accepts connections for all loops: it assigns each to the loop that has the fewest, and pauses after a failure, so that
/// running out of descriptors does not spin. Every loop has one, but only the first loop's system has listeners.
/// </summary>
/// <param name="system">The loop's system.</param>
/// <param name="limiter">The limits on connections.</param>
/// <param name="own">The connections of this loop.</param>
/// <param name="all">The connections of each loop, including this one.</param>
/// <param name="log">The log.</param>
internal sealed class Acceptor<TSystem>(
    TSystem system,
    ConnectionLimiter limiter,
    AssignedConnections own,
    ImmutableArray<AssignedConnections> all,
    ILogger log
)
    where TSystem : ISystem
{
    private AcceptBackoff backoff;
    private bool isAccepting = true;

    /// <summary>When <see cref="Update"/> is due; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    public TimeSpan NextDue(TimeSpan now) => backoff.NextDue(now);

    /// <summary>Checks an accepted socket against the limits, and counts it if they allow it.</summary>
    public AcceptedSocket Admit(int socket)
    {
        var isPeerNeeded = limiter.NeedsPeerAddress || log.IsEnabled(LogLevel.Debug);
        var peer = isPeerNeeded ? system.GetPeer(socket) : ISystem.UnknownEndPoint;
        return new AcceptedSocket(socket, peer, limiter.TryAcquire(peer));
    }

    /// <summary>
    /// Assigns a socket to the loop with the fewest connections. One that the limits do not allow stays with this loop, which
    /// rejects it at once: the others are not disturbed, and its descriptor is free at once.
    /// </summary>
    /// <returns>Whether it is assigned to another loop. If not, this one adopts it.</returns>
    public bool TryAssignToOther(in AcceptedSocket socket)
    {
        var target = socket.IsCounted ? LeastLoaded() : own;
        if (target != own && target.TryAssign(socket))
        {
            return true;
        }

        own.Add();
        return false;
    }

    /// <summary>A connection could not be accepted or adopted: pauses, unless the peer had gone.</summary>
    public void OnFailed(in IoError error, TimeSpan now)
    {
        if (error.Kind == IoErrorKind.ConnectionLost)
        {
            return;
        }

        if (!backoff.IsFailing)
        {
            log.CannotAccept(error, limiter.Count);
        }

        backoff.OnFailure(now);
        Stop();
    }

    /// <summary>Turns accepting on or off, as the time demands.</summary>
    /// <param name="isOpen">Whether the loop accepts at all.</param>
    /// <param name="now">The time.</param>
    public void Update(bool isOpen, TimeSpan now)
    {
        var accepts = isOpen && !backoff.IsPaused(now);
        if (!accepts)
        {
            Stop();
        }
        else if (!isAccepting)
        {
            Start(now);
        }

        if (backoff.TryEnd(now))
        {
            log.AcceptingAgain();
        }
    }

    private void Start(TimeSpan now)
    {
        isAccepting = true;
        var error = system.SetAccepting(enabled: true);
        if (error.IsSome)
        {
            OnFailed((IoError)error, now);
        }
    }

    private void Stop()
    {
        if (isAccepting)
        {
            isAccepting = false;
            system.SetAccepting(enabled: false);
        }
    }

    private AssignedConnections LeastLoaded()
    {
        var least = own;
        foreach (var loop in all)
        {
            least = loop.Count < least.Count ? loop : least;
        }

        return least;
    }
}
