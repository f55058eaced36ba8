using System.Collections.Immutable;
using System.Net.Sockets;
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
/// <param name="all">The connections of each loop, including this one. The first loop accepts.</param>
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

    /// <summary>Whether accepting has failed, and not been possible for a second since.</summary>
    public bool IsFailing => backoff.IsFailing;

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
    /// Assigns a socket to the loop with the fewest connections, if that is another one. One that the limits do not allow
    /// stays with this loop, which rejects it: the other loops are not woken for it.
    /// </summary>
    /// <returns>Whether another loop adopts it; if not, this one has to.</returns>
    public bool TryAssignToOther(in AcceptedSocket socket)
    {
        var target = socket.IsCounted ? LeastLoaded() : own;
        return target != own && target.TryAssign(socket);
    }

    /// <summary>A connection could not be accepted: pauses, unless the peer had closed it.</summary>
    /// <exception cref="IOException">The listener is dead; the loop fails, and with it the server.</exception>
    public void OnFailed(in IoError error, TimeSpan now)
    {
        if (error.Kind == IoErrorKind.ConnectionLost)
        {
            return;
        }

        if (error.SocketError is SocketError.InvalidArgument or SocketError.NotSocket)
        {
            // Another process that has the socket may have shut it down. There is nothing to wait for.
            throw new IOException($"The listening socket no longer listens: {error}");
        }

        if (!backoff.IsFailing)
        {
            log.CannotAccept(error, limiter.Count);
        }

        backoff.OnFailure(now);
        Stop();
    }

    /// <summary>This loop could not adopt a connection: the loop that accepts pauses.</summary>
    public void OnAdoptFailed(in IoError error, TimeSpan now)
    {
        if (own == all[0])
        {
            OnFailed(error, now);
        }
        else
        {
            all[0].ReportFailure(error);
        }
    }

    /// <summary>Pauses if another loop has reported that it could not adopt a connection.</summary>
    public void TakeReportedFailure(TimeSpan now)
    {
        if (own.TryTakeFailure(out var error))
        {
            OnFailed(error, now);
        }
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
            return;
        }

        if (!isAccepting)
        {
            Start(now);
        }

        if (backoff.TryEnd(now))
        {
            log.AcceptingAgain();
        }
    }

    /// <summary>Accepts no more, and closes the listeners.</summary>
    public void CloseListeners()
    {
        Stop();
        system.CloseListeners();
    }

    private void Start(TimeSpan now)
    {
        isAccepting = true;
        backoff.OnResumed(now);
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
        foreach (var each in all)
        {
            least = each.Count < least.Count ? each : least;
        }

        return least;
    }
}
