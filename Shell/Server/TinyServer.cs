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
/// A running TinyTCP server: listeners, and threads that run an event loop each. <see cref="Session"/> makes every decision
/// of the protocol.
/// </summary>
public sealed class TinyServer : IAsyncDisposable
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
        BackgroundLogger log
    )
    {
        this.listeners = listeners;
        this.options = options;
        this.maxConnections = maxConnections;
        this.time = time;
        this.log = log;
        this.loops = loops;
        Limiter = limiter;
        Assigned = assigned;
        watchdog = new Watchdog(loops, limiter, ReturnMemory, time, log);
        Completion = Task.WhenAll(loops.Select(StartThread));
    }

    /// <summary>The address of the first listener. Its port is the actual one, also where the option was 0.</summary>
    public IPEndPoint EndPoint => EndPointOf(listeners[0]);

    /// <summary>Completes when the server has stopped. It fails if a loop fails, which stops the others.</summary>
    public Task Completion { get; }

    /// <summary>How many connections a stop has aborted before all replies were sent.</summary>
    public long AbortedConnections => Limiter.Aborted;

    /// <summary>Whether a thread has been stuck for more than a second: its connections get no replies.</summary>
    public bool IsStuck => watchdog.IsAnyStuck;

    /// <summary>The limits on connections, and how many there are.</summary>
    internal ConnectionLimiter Limiter { get; }

    /// <summary>The connections of each loop.</summary>
    internal ImmutableArray<AssignedConnections> Assigned { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="options">The address, the number of threads, and the limits.</param>
    /// <param name="time">The clocks: its timestamps for deadlines, its local time for TIME.</param>
    /// <param name="log">The log. It may block or throw: no loop waits for it.</param>
    /// <returns>The server; or an option that is out of range, or why the server cannot listen.</returns>
    public static Either<StartError, TinyServer> Start(
        ServerOptions options,
        TimeProvider time,
        ILogger log
    ) => OperatingSystem.IsLinux() ? StartLinux(options, time, log) : StartPortable(options, time, log);

    /// <summary>Starts a server on System.Net.Sockets alone, as <see cref="Start"/> does where there is no epoll.</summary>
    /// <param name="options">The address, the number of threads, and the limits.</param>
    /// <param name="time">The clocks.</param>
    /// <param name="log">The log.</param>
    /// <returns>The same as <see cref="Start"/>.</returns>
    public static Either<StartError, TinyServer> StartPortable(
        ServerOptions options,
        TimeProvider time,
        ILogger log
    ) => StartOn(static _ => default, PortableSystem.CreateGroup, options, time, log);

    /// <summary>Starts a server on epoll.</summary>
    internal static Either<StartError, TinyServer> StartLinux(
        ServerOptions options,
        TimeProvider time,
        ILogger log
    ) => StartOn(LinuxSystem.CheckDescriptors, LinuxSystem.CreateGroup, options, time, log);

    private static Either<StartError, TinyServer> StartOn<TSystem>(
        Func<int, Option<IoError>> check,
        Func<int, ImmutableArray<Socket>, int, Either<IoError, SystemGroup<TSystem>>> createGroup,
        ServerOptions options,
        TimeProvider time,
        ILogger log
    )
        where TSystem : ISystem =>
        from _ in Check(options, check).ToEither(Prelude.unit).Swap()
        from listeners in Listener
            .Open(options.EndPoint, options.Listeners)
            .MapLeft(error => new StartError(options.EndPoint, error.Code, error.Detail))
        from systems in createGroup(options.ThreadCount, listeners, ReceiveBuffer)
            .MapLeft(error => CloseFor(error, options, listeners))
        select Run(listeners, systems, options, time, new BackgroundLogger(log, time));

    private static Option<StartError> Check(ServerOptions options, Func<int, Option<IoError>> check) =>
        options
            .FindProblem()
            .Map(problem => new StartError(options.EndPoint, SocketError.InvalidArgument, problem))
        || check(options.ThreadCount).Map(error => new StartError(options.EndPoint, error.SocketError));

    private static StartError CloseFor(IoError error, ServerOptions options, ImmutableArray<Socket> listeners)
    {
        if (options.Listeners.IsEmpty)
        {
            listeners.ToList().ForEach(static listener => listener.Dispose());
        }

        return new StartError(options.EndPoint, error.SocketError);
    }

    /// <summary>
    /// Stops the server. It goes on as before for <see cref="ServerOptions.DrainDelay"/>. Then it accepts the connections
    /// that wait already and no more, sends each connection the shutdown notice when it is quiet, and waits until they have
    /// ended. Those left after <see cref="ServerOptions.DrainTimeout"/> are aborted.
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
        changed.FindProblem().IfSome(static problem => throw new ArgumentException(problem, nameof(changed)));
        options = options with { DrainDelay = changed.DrainDelay, DrainTimeout = changed.DrainTimeout };
        Limiter.MaxConnections = FitToDescriptors(changed.Limits, maxConnections, log).MaxConnections;
    }

    /// <summary>Aborts all connections and ends; also while the server stops.</summary>
    public void StopNow() => ForEachLoop(static loop => loop.Abort());

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

    private static IPEndPoint EndPointOf(Socket listener) => (IPEndPoint)listener.LocalEndPoint!;

    // Connections that wait at a listener which others keep open are for the next server.
    private void Drain(IEventLoop loop) =>
        loop.Drain(options.DrainTimeout, acceptPending: options.Listeners.IsEmpty);

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
            // No loop is disposed before all have ended, so that this one can wake the others.
            log.LoopFailed(exception);
            loops.ToList().ForEach(Drain);
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

    private static TinyServer Run<TSystem>(
        ImmutableArray<Socket> listeners,
        SystemGroup<TSystem> group,
        ServerOptions options,
        TimeProvider time,
        BackgroundLogger log
    )
        where TSystem : ISystem
    {
        var maxConnections = MaxConnectionsOf(group);
        var limits = FitToDescriptors(options.Limits, maxConnections, log);
        var limiter = new ConnectionLimiter(limits);
        var assigned = group
            .Systems.Select(static system => new AssignedConnections(system.Wake))
            .ToImmutableArray();
        var loops = group
            .Systems.Zip(assigned, (system, own) => Loop(system, limits, limiter, own, assigned, time, log))
            .ToImmutableArray();
        foreach (var endPoint in listeners.Select(EndPointOf))
        {
            log.Listening(endPoint, loops.Length);
            if (!IPAddress.IsLoopback(endPoint.Address))
            {
                log.ReachableFromNetwork(endPoint);
            }
        }

        return new TinyServer(listeners, options, maxConnections, time, limiter, assigned, loops, log);
    }

    private static IEventLoop Loop<TSystem>(
        TSystem system,
        Limits limits,
        ConnectionLimiter limiter,
        AssignedConnections own,
        ImmutableArray<AssignedConnections> all,
        TimeProvider time,
        ILogger log
    )
        where TSystem : ISystem => new EventLoop<TSystem>(system, limits, limiter, own, all, time, log);

    /// <summary>How many connections there can be: some descriptors are for those that are rejected.</summary>
    private static long MaxConnectionsOf<TSystem>(SystemGroup<TSystem> group)
        where TSystem : ISystem
    {
        var forRejected = Math.Min(
            group.Systems.Length * (ConnectionLimiter.MaxLingeringRejections + 1),
            group.MaxConnections / 2
        );
        return Math.Max(1, group.MaxConnections - forRejected);
    }

    /// <summary>Lowers the limit on connections to what the descriptors allow, and logs it if there was a limit.</summary>
    private static Limits FitToDescriptors(Limits limits, long maxConnections, BackgroundLogger log)
    {
        if (limits.MaxConnections > 0 && limits.MaxConnections <= maxConnections)
        {
            return limits;
        }

        if (limits.MaxConnections > 0)
        {
            log.Lowered(LimitTable.MaxConnections.Name, limits.MaxConnections, maxConnections);
        }

        return limits.With(LimitTable.MaxConnections, maxConnections).IfNone(limits);
    }
}
