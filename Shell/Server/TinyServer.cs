using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.Admission;
using TinyTcp.Server.EventLoops;
using TinyTcp.Server.Logging;

namespace TinyTcp.Server;

/// <summary>
/// A running TinyTCP server: listeners, and threads that run an event loop each. <see cref="Session"/> makes every decision
/// of the protocol.
/// </summary>
public sealed partial class TinyServer : IAsyncDisposable
{
    // Half of it makes batches of long requests twice as expensive.
    internal const int ReceiveBuffer = 128 * 1024;

    private readonly ImmutableArray<Socket> listeners;
    private readonly long maxConnections;
    private readonly TimeProvider time;
    private readonly BackgroundLogger log;
    private readonly ImmutableArray<IEventLoop> loops;
    private readonly Watchdog watchdog;
    private readonly Lock shutdownLock = new();
    private volatile ServerOptions options;

    private TinyServer(
        ImmutableArray<Socket> listeners,
        ServerOptions options,
        long maxConnections,
        TimeProvider time,
        ConnectionLimiter limiter,
        ImmutableArray<AssignedConnections> assigned,
        ImmutableArray<IEventLoop> loops,
        ParkedThreads threads,
        BackgroundLogger log
    )
    {
        this.listeners = listeners;
        this.options = options;
        this.maxConnections = maxConnections;
        this.time = time;
        this.log = log;
        this.loops = loops;
        EndPoint = EndPointOf(listeners[0]);
        Limiter = limiter;
        Assigned = assigned;
        watchdog = new Watchdog(loops, limiter, ReturnMemory, time, log);
        Completion = threads.Run(index => Serve(loops[index]));
    }

    /// <summary>The address of the first listener. Its port is the actual one, also where the option was 0.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Completes when the server has stopped. It fails if a loop fails, which stops the others.</summary>
    public Task Completion { get; }

    /// <summary>How many connections a stop has aborted before they were served, or had received all replies.</summary>
    public long AbortedConnections => Limiter.Aborted;

    /// <summary>Whether a thread has been stuck for more than a second: its connections get no replies.</summary>
    public bool IsStuck => watchdog.IsAnyStuck;

    /// <summary>The limits on connections, and how many there are.</summary>
    internal ConnectionLimiter Limiter { get; }

    /// <summary>The connections of each loop.</summary>
    internal ImmutableArray<AssignedConnections> Assigned { get; }

    /// <summary>
    /// Stops the server. It goes on as before for <see cref="ServerOptions.DrainDelay"/>. Then it accepts the connections
    /// that wait already and refuses any more, sends each connection the shutdown notice when it is quiet, and waits until
    /// they have ended. Those left after <see cref="ServerOptions.DrainTimeout"/> are aborted.
    /// </summary>
    /// <param name="abort">Aborts all connections at once when it is cancelled.</param>
    public async Task StopAsync(CancellationToken abort = default)
    {
        log.Stopping(options.DrainDelay.TotalSeconds, options.DrainTimeout.TotalSeconds);
        using var aborting = abort.UnsafeRegister(static server => ((TinyServer)server!).StopNow(), this);
        await Task.WhenAny(Completion, Task.Delay(options.DrainDelay, time, abort)).ConfigureAwait(false);
        ForEachLoop(Drain);
        await Completion.ConfigureAwait(false);
        log.Stopped(Limiter.Served, AbortedConnections);
    }

    /// <summary>
    /// Changes the options that can change while the server runs: <see cref="Limits.MaxConnections"/>,
    /// <see cref="ServerOptions.DrainDelay"/> and <see cref="ServerOptions.DrainTimeout"/>. The others are ignored.
    /// </summary>
    /// <param name="changed">The new options.</param>
    /// <exception cref="ArgumentException">An option is out of range; nothing has changed.</exception>
    public void Reload(ServerOptions changed)
    {
        var problem = changed.FindProblem();
        if (problem.IsSome)
        {
            throw new ArgumentException((string)problem, nameof(changed));
        }

        var isNewLimit = changed.Limits.MaxConnections != options.Limits.MaxConnections;
        options = options with
        {
            DrainDelay = changed.DrainDelay,
            DrainTimeout = changed.DrainTimeout,
            Limits = options
                .Limits.With(LimitTable.MaxConnections, changed.Limits.MaxConnections)
                .IfNone(options.Limits),
        };
        if (isNewLimit)
        {
            Limiter.MaxConnections = FitToDescriptors(changed.Limits, maxConnections, log).MaxConnections;
        }
    }

    /// <summary>Aborts all connections and ends; also while the server stops.</summary>
    public void StopNow() => ForEachLoop(loop => loop.Abort(OwnsListeners));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        ForEachLoop(Drain);
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        watchdog.Dispose();
        lock (shutdownLock)
        {
            foreach (var loop in loops)
            {
                loop.Dispose();
            }

            foreach (var listener in listeners)
            {
                listener.Dispose();
            }
        }

        await log.DisposeAsync().ConfigureAwait(false);
    }

    // Connections that wait at a listener which others keep open are for the next server.
    private bool OwnsListeners => options.Listeners.IsEmpty;

    private static IPEndPoint EndPointOf(Socket listener) => (IPEndPoint)listener.LocalEndPoint!;

    private void Drain(IEventLoop loop) => loop.Drain(options.DrainTimeout, OwnsListeners);

    private void ForEachLoop(Action<IEventLoop> action)
    {
        // A wake-up of a disposed loop could write to a descriptor that is used again.
        lock (shutdownLock)
        {
            if (!Completion.IsCompleted)
            {
                loops.ToList().ForEach(action);
            }
        }
    }

    private void Serve(IEventLoop loop)
    {
        try
        {
            loop.Run();
        }
        catch (Exception exception)
        {
            // No loop is disposed before all have ended, so that this one can wake the others.
            loops.ToList().ForEach(Drain);
            log.LoopFailed(exception);
            throw;
        }
    }

    private void ReturnMemory()
    {
        if (options.ReturnsMemory)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
