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
internal sealed partial class EventLoop<TSystem> : IEventLoop
    where TSystem : ISystem
{
    private readonly TSystem system;
    private readonly ConnectionLimiter limiter;
    private readonly AssignedConnections assigned;
    private readonly Acceptor<TSystem> acceptor;
    private readonly ConnectionHandler<TSystem> connections;
    private readonly LoopShutdown shutdown = new();
    private readonly LoopClock clock;
    private ObservedTime observed;
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
        clock = new LoopClock(time);
        connections = new ConnectionHandler<TSystem>(system, limits, limiter, assigned, shutdown, clock, log);
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
    public void Drain(TimeSpan timeout, bool ownsListeners)
    {
        shutdown.RequestDrain(timeout, ownsListeners);
        system.Wake();
    }

    /// <inheritdoc/>
    public void Abort(bool ownsListeners)
    {
        shutdown.RequestAbort(ownsListeners);
        system.Wake();
    }

    /// <summary>One turn: waits, handles the events in their order, then what is due by the observed time.</summary>
    /// <returns>False once the loop is stopped and has no connections.</returns>
    public bool RunOnce()
    {
        // The turn before may have taken long: the clock is read again.
        var before = clock.Monotonic;
        observed.OnWait(before);
        system.Wait(TimeUntilNextDue(before));
        Volatile.Write(ref heartbeat, heartbeat + 1);
        clock.ReadWall();
        while (system.TryNext(out var ioEvent))
        {
            Handle(ioEvent);
        }

        observed.OnHandled(system.HasReportedAll, connections.Count);
        AdvanceShutdown();
        connections.FireTimers(observed.Value);
        acceptor.Update(shutdown.IsAccepting, acceptor.IsFailing ? clock.Monotonic : before);
        Volatile.Write(ref heartbeat, heartbeat + 1);
        return shutdown.IsAccepting || connections.Count > 0 || !assigned.TryClose();
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

    private TimeSpan TimeUntilNextDue(TimeSpan before)
    {
        var due = LoopShutdown.Earlier(connections.NextDue, shutdown.NextDue);
        if (shutdown.IsAccepting)
        {
            due = LoopShutdown.Earlier(due, acceptor.NextDue(before));
        }

        return due == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan
            : due > before ? due - before
            : TimeSpan.Zero;
    }

    private void Handle(in IoEvent ioEvent)
    {
        try
        {
            HandlerOf(ioEvent.Kind)(this, ioEvent);
        }
        catch (OutOfMemoryException) when (ioEvent.IsOfConnection)
        {
            connections.OnOutOfMemory(ioEvent.Connection);
        }
    }

    // A switch expression: the compiler requires an arm for every kind.
    private static Action<EventLoop<TSystem>, IoEvent> HandlerOf(IoEventKind kind) =>
        kind switch
        {
            IoEventKind.Woken => static (loop, _) => loop.AdoptAssigned(),
            IoEventKind.Accepted => static (loop, e) => loop.OnAccepted(e.Connection),
            IoEventKind.AcceptFailed => static (loop, e) =>
                loop.acceptor.OnFailed(e.Error, loop.clock.Monotonic),
            IoEventKind.Received => static (loop, e) => loop.connections.OnReceived(e.Connection, e.Bytes),
            IoEventKind.PeerFinished => static (loop, e) => loop.connections.OnPeerFinished(e.Connection),
            IoEventKind.Writable => static (loop, e) => loop.connections.OnWritable(e.Connection),
            IoEventKind.ConnectionLost => static (loop, e) => loop.connections.OnLost(e.Connection, e.Error),
            // A server opens no connections.
            IoEventKind.Connected => static (_, _) => { },
        };

    /// <summary>Takes the next step of a shutdown, if one is requested.</summary>
    private void AdvanceShutdown()
    {
        if (shutdown.IsRequested && shutdown.TryBegin(clock.Monotonic, connections.Count))
        {
            connections.OnShutdownBegun();
        }

        var isAbortDue = shutdown.IsAbortDue(observed.Value);
        if (isAbortDue)
        {
            limiter.AddAborted(connections.EndAll());
        }

        if (shutdown.IsAcceptingPending)
        {
            AcceptPending(isAbortDue || shutdown.IsAcceptingOver(observed.Value));
        }
    }

    /// <summary>
    /// Accepts the connections that wait, and then closes the listeners, so that the next clients are refused at once and
    /// do not wait for a server that has stopped.
    /// </summary>
    /// <param name="isOver">Whether no more are accepted: those that wait are aborted.</param>
    private void AcceptPending(bool isOver)
    {
        var pending = system.PendingConnections;
        if (isOver || pending == 0)
        {
            limiter.AddAborted(pending);
            shutdown.StopAccepting();
            acceptor.CloseListeners();
        }
    }
}
