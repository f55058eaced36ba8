using Microsoft.Extensions.Logging;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.Admission;
using TinyTcp.Server.Connections;
using TinyTcp.Server.Logging;
using TinyTcp.Server.Shutdown;
using TinyTcp.Systems;

namespace TinyTcp.Server.EventLoops;

/// <summary>
/// One thread's loop: wait, handle what happened, ring what is due. Nothing in it blocks but the wait; no task, no
/// continuation and, on the way of a request, no lock. Read <see cref="RunOnce"/> from top to bottom.
/// </summary>
internal sealed class EventLoop<TSystem>(
    TSystem system,
    Limits limits,
    AcceptShare share,
    TimeProvider time,
    ILogger log
) : IEventLoop
    where TSystem : ISystem
{
    private readonly ConnectionHandler<TSystem> connections = new(system, limits, share, log);
    private readonly LoopClock clock = new(time);
    private readonly LoopShutdown shutdown = new();
    private AcceptBackoff acceptBackoff = new();
    private bool accepting = true;
    private bool isWoken;
    private TimeSpan monotonic;
    private long heartbeat;
    private bool disposed;

    /// <inheritdoc/>
    public long Heartbeat => Volatile.Read(ref heartbeat);

    /// <inheritdoc/>
    public void Run()
    {
        try
        {
            while (RunOnce()) { }
        }
        finally
        {
            // A loop that has died is not one that is stuck.
            Volatile.Write(ref heartbeat, 0);
            connections.AbortAll();
        }
    }

    /// <inheritdoc/>
    public void Drain(TimeSpan timeout, bool acceptPending)
    {
        shutdown.Drain(timeout, acceptPending);
        system.Wake();
    }

    /// <inheritdoc/>
    public void Abort()
    {
        shutdown.Abort();
        system.Wake();
    }

    /// <summary>One turn: what happened is handled in the order in which it came, then what is due.</summary>
    /// <returns>False once the loop is stopped and nobody is left.</returns>
    public bool RunOnce()
    {
        system.Wait(TimeUntilNextDue());
        Volatile.Write(ref heartbeat, heartbeat + 1);
        var now = clock.Read();
        monotonic = now.Monotonic;
        connections.SetTime(now);
        while (system.TryNext(out var ioEvent))
        {
            Handle(ioEvent);
        }

        AdvanceShutdown();
        connections.FireTimers();
        UpdateAccepting();
        EndBackoff();
        Volatile.Write(ref heartbeat, heartbeat + 1);
        return shutdown.IsAccepting(monotonic) || connections.Count > 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            system.Dispose();
        }
    }

    private TimeSpan TimeUntilNextDue()
    {
        var due = Earlier(
            Earlier(connections.NextDue, shutdown.NextDue(monotonic)),
            shutdown.IsAccepting(monotonic) ? acceptBackoff.NextDue : TimeSpan.MaxValue
        );
        return due == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan
            : due > monotonic ? due - monotonic
            : TimeSpan.Zero;
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void Handle(in IoEvent ioEvent) => HandlerOf(ioEvent.Kind)(this, ioEvent);

    private static Action<EventLoop<TSystem>, IoEvent> HandlerOf(IoEventKind kind) =>
        kind switch
        {
            IoEventKind.Woken => static (loop, _) => loop.isWoken = true,
            IoEventKind.Accepted => static (loop, e) => loop.OnAccepted(e.Connection),
            IoEventKind.AcceptFailed => static (loop, e) => loop.OnAcceptFailed(e.Error),
            IoEventKind.Received => static (loop, e) => loop.connections.OnReceived(e.Connection, e.Bytes),
            IoEventKind.PeerFinished => static (loop, e) => loop.connections.OnPeerFinished(e.Connection),
            IoEventKind.Writable => static (loop, e) => loop.connections.OnWritable(e.Connection),
            IoEventKind.ConnectionLost => static (loop, e) =>
                loop.connections.OnConnectionLost(e.Connection, e.Error),
            // A server opens no connections.
            IoEventKind.Connected => static (_, _) => { },
        };

    private void OnAccepted(int id)
    {
        connections.OnAccepted(id);
        UpdateAccepting();
    }

    /// <summary>Accepting failed: pauses, unless it was only the peer that had gone.</summary>
    private void OnAcceptFailed(IoError fault)
    {
        if (fault.Kind != IoErrorKind.ConnectionLost)
        {
            BackOff(fault);
            UpdateAccepting();
        }
    }

    /// <summary>Leaves the door shut for a while, and says so once an episode, whichever loop meets it.</summary>
    private void BackOff(IoError fault)
    {
        if (acceptBackoff.IsFirstFailure && share.Limiter.BeginAcceptFailure())
        {
            log.CannotAccept(fault, share.Limiter.Count);
        }

        acceptBackoff.OnFailure(monotonic);
    }

    private void EndBackoff()
    {
        if (acceptBackoff.TryEndEpisode(monotonic) && share.Limiter.EndAcceptFailure())
        {
            log.AcceptingAgain();
        }
    }

    /// <summary>
    /// Accepts, unless it stops and nobody waits, accepting has failed shortly before, or it has more than its share. After a wake-up it
    /// looks again: somebody may wait whom this loop was not told of, and accepting that is turned on tells.
    /// </summary>
    private void UpdateAccepting()
    {
        var isOpen = shutdown.IsAccepting(monotonic) && acceptBackoff.TryReopen(monotonic);
        var wants = isOpen && share.ShouldAccept();
        if (wants == accepting && !isWoken)
        {
            return;
        }

        isWoken = false;
        if (accepting)
        {
            accepting = false;
            system.SetAccepting(enabled: false);
        }

        if (wants)
        {
            StartAccepting();
        }
        else if (isOpen && system.HasPendingConnection)
        {
            // Even who was woken to take somebody may have no room by now: then others have.
            share.WakeOthers();
        }
    }

    private void StartAccepting()
    {
        var fault = system.SetAccepting(enabled: true);
        accepting = fault.IsNone;
        if (fault.IsSome)
        {
            BackOff((IoError)fault);
        }
    }

    /// <summary>Takes the next step of a stop, if one has been asked for.</summary>
    private void AdvanceShutdown()
    {
        if (shutdown.TryBegin(monotonic))
        {
            connections.BeginShutdown();
        }

        if (shutdown.IsAcceptingPending(monotonic) && !system.HasPendingConnection)
        {
            shutdown.StopAccepting();
        }

        if (shutdown.HasTimedOut(monotonic))
        {
            shutdown.StopAccepting();
            connections.NotifyAll();
            share.Limiter.CountAborted(connections.AbortAll());
        }
    }
}
