using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using LanguageExt;
using Microsoft.Extensions.Logging;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.Admission;
using TinyTcp.Server.EventLoops;
using TinyTcp.Server.Listeners;
using TinyTcp.Server.Logging;
using TinyTcp.Systems;
using TinyTcp.Systems.Linux;
using TinyTcp.Systems.Portable;

namespace TinyTcp.Server;

/// <summary>
/// A running TinyTCP server: listeners, and threads that turn an event loop each. It decides nothing of the protocol:
/// that is <see cref="Session"/>'s.
/// </summary>
public sealed class TinyServer : IAsyncDisposable
{
    // Half of it makes long requests in long batches twice as dear.
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
        long room,
        TimeProvider time,
        ConnectionLimiter admission,
        ImmutableArray<IEventLoop> loops,
        BackgroundLogger log
    )
    {
        this.listeners = listeners;
        this.options = options;
        this.maxConnections = room;
        this.time = time;
        this.log = log;
        this.loops = loops;
        Limiter = admission;
        watchdog = new Watchdog(loops, admission, time, log);
        Completion = Task.WhenAll(loops.Select(StartThread));
    }

    /// <summary>Where it listens, or first of all: the port is the one that the system picked, if it was told 0.</summary>
    public IPEndPoint EndPoint => EndPointOf(listeners[0]);

    /// <summary>Ends when the server has stopped; fails if one of its loops died, which stops the others.</summary>
    public Task Completion { get; }

    /// <summary>How many conversations were cut because a stop took too long, or was to be at once.</summary>
    public long AbortedConnections => Limiter.Aborted;

    /// <summary>Whether one of its threads has been stuck for more than a second: then it does not serve all.</summary>
    public bool IsStuck => watchdog.IsAnyStuck;

    /// <summary>Its connections, and how the loops share them.</summary>
    internal ConnectionLimiter Limiter { get; }

    /// <summary>Starts to listen and to serve.</summary>
    /// <param name="options">Where, with how many threads, and within which limits.</param>
    /// <param name="time">The clocks: deadlines are measured by its timestamps, TIME tells its local time.</param>
    /// <param name="log">Where to say what happens.</param>
    /// <returns>The server, or why it cannot listen.</returns>
    public static Either<StartError, TinyServer> Start(
        ServerOptions options,
        TimeProvider time,
        ILogger log
    ) => OperatingSystem.IsLinux() ? StartLinux(options, time, log) : StartPortable(options, time, log);

    /// <summary>Starts a server on System.Net.Sockets alone, as <see cref="Start"/> does where there is no epoll.</summary>
    /// <param name="options">Where, with how many threads, and within which limits.</param>
    /// <param name="time">The clocks.</param>
    /// <param name="log">Where to say what happens.</param>
    /// <returns>The server, or why it cannot listen.</returns>
    public static Either<StartError, TinyServer> StartPortable(
        ServerOptions options,
        TimeProvider time,
        ILogger log
    ) => StartOn(PortableSystem.CreateGroup, options, time, log);

    /// <summary>Starts a server on epoll.</summary>
    internal static Either<StartError, TinyServer> StartLinux(
        ServerOptions options,
        TimeProvider time,
        ILogger log
    ) =>
        LinuxSystem
            .CheckDescriptors(ServerThreads.Resolve(options.Threads))
            .Match(
                Some: error => new StartError(options.EndPoint, error.SocketError),
                None: () => StartOn(LinuxSystem.CreateGroup, options, time, log)
            );

    private static Either<StartError, TinyServer> StartOn<TSystem>(
        Func<int, ImmutableArray<Socket>, int, Either<IoError, SystemGroup<TSystem>>> createGroup,
        ServerOptions options,
        TimeProvider time,
        ILogger log
    )
        where TSystem : ISystem =>
        from listeners in Listener.Open(options)
        from systems in createGroup(ServerThreads.Resolve(options.Threads), listeners, ReceiveBuffer)
            .MapLeft(error => CloseFor(error, options, listeners))
        select Run(listeners, systems, options, time, new BackgroundLogger(log, time));

    private static StartError CloseFor(IoError error, ServerOptions options, ImmutableArray<Socket> listeners)
    {
        listeners.ToList().ForEach(static listener => listener.Dispose());
        return new StartError(options.EndPoint, error.SocketError);
    }

    /// <summary>
    /// Stops. For <see cref="ServerOptions.DrainDelay"/> it goes on as before; then it serves who waits already, lets
    /// nobody else in, says goodbye to everybody once they are quiet, and waits until they are gone. Whoever is left
    /// after <see cref="ServerOptions.DrainTimeout"/> is cut.
    /// </summary>
    /// <param name="atOnce">Cancelled where nothing is to be waited for any more: then everybody is cut.</param>
    public async Task StopAsync(CancellationToken atOnce = default)
    {
        log.Stopping(options.DrainDelay.TotalSeconds, options.DrainTimeout.TotalSeconds);
        using var cutting = atOnce.UnsafeRegister(static server => ((TinyServer)server!).StopNow(), this);
        await Task.WhenAny(Completion, Task.Delay(options.DrainDelay, time, atOnce)).ConfigureAwait(false);
        ForEachLoop(Drain);
        await Completion.ConfigureAwait(false);
        log.Stopped(Limiter.Served, AbortedConnections);
    }

    /// <summary>
    /// Takes new values of what can change while it runs: <see cref="Limits.MaxConnections"/>,
    /// <see cref="ServerOptions.DrainDelay"/> and <see cref="ServerOptions.DrainTimeout"/>. The rest stays as it is.
    /// </summary>
    /// <param name="changed">The options, with the new values.</param>
    public void Reload(ServerOptions changed)
    {
        options = options with { DrainDelay = changed.DrainDelay, DrainTimeout = changed.DrainTimeout };
        Limiter.MaxConnections = FitToDescriptors(changed.Limits, maxConnections, log).MaxConnections;
    }

    /// <summary>Cuts every conversation and ends, without waiting for anything; also in the midst of a stop.</summary>
    public void StopNow() => ForEachLoop(static loop => loop.Abort());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        ForEachLoop(Drain);
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        watchdog.Dispose();
        lock (shutdownLock)
        {
            foreach (IEventLoop loop in loops)
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

    private static IPEndPoint EndPointOf(Socket listener) => (IPEndPoint)listener.LocalEndPoint!;

    // Who waits at a listener that somebody else keeps open is the next server's guest.
    private void Drain(IEventLoop loop) =>
        loop.Drain(options.DrainTimeout, acceptPending: options.Listeners.IsEmpty);

    private void ForEachLoop(Action<IEventLoop> order)
    {
        // A wake-up after the loops' disposal could meet a descriptor that is somebody else's by then.
        lock (shutdownLock)
        {
            if (!Completion.IsCompleted)
            {
                loops.ToList().ForEach(order);
            }
        }
    }

    private Task StartThread(IEventLoop loop) =>
        Task.Factory.StartNew(
            () => Serve(loop),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    private void Serve(IEventLoop loop)
    {
        try
        {
            loop.Run();
        }
        catch (Exception exception)
        {
            // No loop is disposed before all have ended, so that this one may still wake the others.
            log.Died(exception);
            loops.ToList().ForEach(Drain);
            throw;
        }
    }

    private static TinyServer Run<TSystem>(
        ImmutableArray<Socket> listeners,
        SystemGroup<TSystem> group,
        ServerOptions options,
        TimeProvider time,
        BackgroundLogger log
    )
        where TSystem : ISystem
    {
        var forRefused = Math.Min(
            group.Systems.Length * (ConnectionLimiter.MaxLingeringRejections + 1),
            group.MaxConnections / 2
        );
        var most = Math.Max(1, group.MaxConnections - forRefused);
        var limits = FitToDescriptors(options.Limits, most, log);
        ConnectionLimiter admission = new ConnectionLimiter(limits);
        var turning = group
            .Systems.Select(system => Loop(system, limits, admission, time, log))
            .ToImmutableArray<IEventLoop>();
        foreach (var endPoint in listeners.Select(EndPointOf))
        {
            log.Listening(endPoint, turning.Length);
            if (!IPAddress.IsLoopback(endPoint.Address))
            {
                log.ReachableFromNetwork(endPoint);
            }
        }

        return new TinyServer(listeners, options, most, time, admission, turning, log);
    }

    /// <summary>Limits that the machine has room for: fewer connections, if need be, and a line in the log.</summary>
    private static Limits FitToDescriptors(Limits limits, long room, BackgroundLogger log)
    {
        if (limits.MaxConnections > 0 && limits.MaxConnections <= room)
        {
            return limits;
        }

        if (limits.MaxConnections == 0)
        {
            return limits.With(LimitTable.MaxConnections, room).IfNone(limits);
        }

        log.Lowered(LimitTable.MaxConnections.Name, limits.MaxConnections, room);
        return limits.With(LimitTable.MaxConnections, room).IfNone(limits);
    }

    private static EventLoop<TSystem> Loop<TSystem>(
        TSystem system,
        Limits limits,
        ConnectionLimiter admission,
        TimeProvider time,
        ILogger log
    )
        where TSystem : ISystem => new(system, limits, admission.Join(system.Wake), time, log);
}
