using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.Admission;
using TinyTcp.Server.Connections;
using TinyTcp.Server.Shutdown;
using TinyTcp.Systems;

namespace TinyTcp.Server.EventLoops;

/// <summary>
/// One thread's loop: wait, handle the events, handle what is due. Only the wait blocks. A request meets no task, no
/// continuation and no lock. Read <see cref="RunOnce"/> from top to bottom.
/// </summary>
internal sealed class EventLoop<TSystem> : IEventLoop
    where TSystem : ISystem
{
    private readonly TSystem system;
    private readonly ConnectionLimiter limiter;
    private readonly AssignedConnections assigned;
    private readonly Acceptor<TSystem> acceptor;
    private readonly ConnectionHandler<TSystem> connections;
    private readonly LoopShutdown shutdown = new();
    private readonly LoopClock clock;
    private TimeSpan now;
    private long heartbeat;
    private bool disposed;

    /// <summary>Creates a loop; <see cref="Run"/> runs it.</summary>
    /// <param name="system">Its system, which it disposes.</param>
    /// <param name="limits">The limits of sessions.</param>
    /// <param name="limiter">The limits on the number of connections, of all loops together.</param>
    /// <param name="assigned">The connections that are assigned to it.</param>
    /// <param name="all">Those of each loop, including it.</param>
    /// <param name="time">The clocks.</param>
    /// <param name="log">The log.</param>
    public EventLoop(
        TSystem system,
        Limits limits,
        ConnectionLimiter limiter,
        AssignedConnections assigned,
        ImmutableArray<AssignedConnections> all,
        TimeProvider time,
        ILogger log
    )
    {
        this.system = system;
        this.limiter = limiter;
        this.assigned = assigned;
        acceptor = new Acceptor<TSystem>(system, limiter, assigned, all, log);
        connections = new ConnectionHandler<TSystem>(system, limits, limiter, assigned, shutdown, log);
        clock = new LoopClock(time);
    }

    /// <inheritdoc/>
    public long Heartbeat => Volatile.Read(ref heartbeat);

    /// <inheritdoc/>
    public BufferAllocator Allocator => connections.Allocator;

    /// <inheritdoc/>
    public void Run()
    {
        try
        {
            while (RunOnce()) { }
        }
        finally
        {
            // A loop that has failed is not stuck.
            Volatile.Write(ref heartbeat, 0);
            connections.AbortAll();
            DiscardAssigned();
        }
    }

    /// <inheritdoc/>
    public void Drain(TimeSpan timeout, bool acceptPending)
    {
        shutdown.RequestDrain(timeout, acceptPending);
        system.Wake();
    }

    /// <inheritdoc/>
    public void Abort()
    {
        shutdown.RequestAbort();
        system.Wake();
    }

    /// <summary>One turn: waits, handles the events in their order, then what is due.</summary>
    /// <returns>False once the loop is stopped and has no connections.</returns>
    public bool RunOnce()
    {
        system.Wait(TimeUntilNextDue());
        Volatile.Write(ref heartbeat, heartbeat + 1);
        var time = clock.Read();
        now = time.Monotonic;
        connections.SetTime(time);
        while (system.TryNext(out var ioEvent))
        {
            Handle(ioEvent);
        }

        AdvanceShutdown();
        connections.FireTimers();
        acceptor.Update(shutdown.IsAccepting(now), now);
        Volatile.Write(ref heartbeat, heartbeat + 1);
        return shutdown.IsAccepting(now) || connections.Count > 0 || !assigned.TryClose();
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
        // The turn before may have taken long: the clock is read again.
        var before = clock.Monotonic;
        var due = Earlier(connections.NextDue, shutdown.NextDue(before));
        if (shutdown.IsAccepting(before))
        {
            due = Earlier(due, acceptor.NextDue(before));
        }

        return due == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan
            : due > before ? due - before
            : TimeSpan.Zero;
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void Handle(in IoEvent ioEvent) => HandlerOf(ioEvent.Kind)(this, ioEvent);

    // A switch expression: the compiler requires an arm for every kind.
    private static Action<EventLoop<TSystem>, IoEvent> HandlerOf(IoEventKind kind) =>
        kind switch
        {
            IoEventKind.Woken => static (loop, _) => loop.AdoptAssigned(),
            IoEventKind.Accepted => static (loop, e) => loop.OnAccepted(e.Connection),
            IoEventKind.AcceptFailed => static (loop, e) => loop.acceptor.OnFailed(e.Error, loop.now),
            IoEventKind.Received => static (loop, e) => loop.connections.OnReceived(e.Connection, e.Bytes),
            IoEventKind.PeerFinished => static (loop, e) => loop.connections.OnPeerFinished(e.Connection),
            IoEventKind.Writable => static (loop, e) => loop.connections.OnWritable(e.Connection),
            IoEventKind.ConnectionLost => static (loop, e) => loop.connections.OnLost(e.Connection, e.Error),
            // A server opens no connections.
            IoEventKind.Connected => static (_, _) => { },
        };

    private void OnAccepted(int socket)
    {
        var accepted = acceptor.Admit(socket);
        if (!acceptor.TryAssignToOther(accepted))
        {
            assigned.Add();
            Adopt(accepted);
        }
    }

    private void AdoptAssigned()
    {
        while (assigned.TryTake(out var socket))
        {
            Adopt(socket);
        }

        acceptor.TakeReportedFailure(now);
    }

    private void Adopt(in AcceptedSocket socket)
    {
        var adopted = system.Adopt(socket.Socket);
        if (adopted.IsRight)
        {
            connections.OnAccepted((int)adopted, socket);
        }
        else
        {
            Release(socket);
            acceptor.OnAdoptFailed((IoError)adopted, now);
        }
    }

    private void Release(in AcceptedSocket socket)
    {
        assigned.Remove();
        if (socket.IsCounted)
        {
            limiter.Release(socket.Peer);
        }
    }

    private void DiscardAssigned()
    {
        assigned.Close();
        while (assigned.TryTake(out var socket))
        {
            system.Discard(socket.Socket);
            Release(socket);
        }
    }

    /// <summary>Takes the next step of a shutdown, if one is requested.</summary>
    private void AdvanceShutdown()
    {
        if (shutdown.TryBegin(now, connections.Count))
        {
            connections.OnShutdownBegun();
        }

        if (shutdown.IsAcceptingPending(now) && !system.HasPendingConnection)
        {
            shutdown.StopAccepting();
        }

        if (shutdown.IsAbortDue(now))
        {
            shutdown.StopAccepting();
            connections.NotifyAll();
            limiter.AddAborted(connections.AbortAll());
        }
    }
}
