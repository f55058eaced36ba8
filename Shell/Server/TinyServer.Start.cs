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

/// <summary>How a server starts: options are checked, listeners and systems opened, and loops created.</summary>
public sealed partial class TinyServer
{
    /// <summary>Starts a server.</summary>
    /// <param name="options">The address, the number of threads, and the limits.</param>
    /// <param name="time">The clocks: its timestamps for deadlines, its local time for TIME.</param>
    /// <param name="log">The log. It may block or throw: no loop waits for it.</param>
    /// <returns>The server; or an option that is out of range, or why the server cannot listen.</returns>
    /// <example>
    /// <code>
    /// var options = new ServerOptions { EndPoint = new IPEndPoint(IPAddress.Loopback, 40000) };
    /// var started = TinyServer.Start(options, TimeProvider.System, NullLogger.Instance);
    /// await using var server = started.Match(
    ///     Right: server =&gt; server,
    ///     Left: error =&gt; throw new InvalidOperationException(error.ToString())
    /// );
    /// Console.WriteLine($"Listening on {server.EndPoint}");
    /// </code>
    /// </example>
    public static Either<StartError, TinyServer> Start(
        ServerOptions options,
        TimeProvider time,
        ILogger log
    ) => OperatingSystem.IsLinux() ? StartLinux(options, time, log) : StartPortable(options, time, log);

    /// <summary>
    /// Whether the options are in range, and the process may open the files and start the threads that a server and the
    /// runtime need. A program asks before anything else, because the runtime aborts where there are too few.
    /// </summary>
    /// <param name="options">The options of the start.</param>
    /// <returns>Why a server could not start; none if it may.</returns>
    public static Option<StartError> Check(ServerOptions options) =>
        CheckOptions(options)
        || (
            (OperatingSystem.IsLinux() ? LinuxSystem.CheckDescriptors(options.ThreadCount) : default)
            || ThreadBudget.Check(options.ThreadCount)
        ).Map(error => new StartError(options.EndPoint, error.SocketError));

    /// <summary>
    /// Starts a server on System.Net.Sockets alone, as <see cref="Start"/> does where there is no epoll. These sockets do not
    /// tell what a peer has acknowledged, so a reply counts as delivered as soon as the system has taken it (S-3, S-12).
    /// </summary>
    /// <param name="options">The address, the number of threads, and the limits.</param>
    /// <param name="time">The clocks.</param>
    /// <param name="log">The log.</param>
    /// <returns>The same as <see cref="Start"/>.</returns>
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
    ) => StartOn(LinuxSystem.CreateGroup, options, time, log);

    private static Either<StartError, TinyServer> StartOn<TSystem>(
        Func<int, ImmutableArray<Socket>, int, Either<IoError, SystemGroup<TSystem>>> createGroup,
        ServerOptions options,
        TimeProvider time,
        ILogger log
    )
        where TSystem : ISystem =>
        from _ in CheckOptions(options).ToEither(Prelude.unit).Swap()
        from listeners in Listener
            .Open(options.EndPoint, options.Listeners)
            .MapLeft(error => new StartError(options.EndPoint, error.Code, error.Detail))
        from systems in createGroup(options.ThreadCount, listeners, ReceiveBuffer)
            .MapLeft(error => CloseFor(error, options, listeners))
        from server in Run(listeners, systems, options, time, log)
            .MapLeft(error => CloseFor(error, options, listeners))
        select server;

    private static Option<StartError> CheckOptions(ServerOptions options) =>
        options
            .FindProblem()
            .Map(problem => new StartError(options.EndPoint, SocketError.InvalidArgument, problem));

    private static StartError CloseFor(IoError error, ServerOptions options, ImmutableArray<Socket> listeners)
    {
        if (options.Listeners.IsEmpty)
        {
            listeners.ToList().ForEach(static listener => listener.Dispose());
        }

        return new StartError(
            options.EndPoint,
            error.SocketError,
            error.SocketError == SocketError.SocketError ? $"Cannot start event loops: {error}." : ""
        );
    }

    /// <summary>Creates the loops and starts their threads.</summary>
    /// <returns>The server; or the error where memory or threads are too few: then the systems are disposed.</returns>
    private static Either<IoError, TinyServer> Run<TSystem>(
        ImmutableArray<Socket> listeners,
        SystemGroup<TSystem> group,
        ServerOptions options,
        TimeProvider time,
        ILogger log
    )
        where TSystem : ISystem
    {
        BackgroundLogger? background = null;
        try
        {
            using var threads = new ParkedThreads(options.ThreadCount);
            background = new BackgroundLogger(log, time);
            return Create(listeners, group, options, threads, time, background);
        }
        catch (Exception exception) when (exception is OutOfMemoryException or TaskSchedulerException)
        {
            background?.TryComplete();
            group.Systems.ToList().ForEach(static system => system.Dispose());
            return ThreadBudget.Explain(exception);
        }
    }

    private static TinyServer Create<TSystem>(
        ImmutableArray<Socket> listeners,
        SystemGroup<TSystem> group,
        ServerOptions options,
        ParkedThreads threads,
        TimeProvider time,
        BackgroundLogger log
    )
        where TSystem : ISystem
    {
        var allowed = MaxConnectionsOf(group);
        var limits = FitToDescriptors(options.Limits, allowed, log);
        var limiter = new ConnectionLimiter(limits);
        var assigned = group
            .Systems.Select(static system => new AssignedConnections(system.Wake))
            .ToImmutableArray();
        var created = group
            .Systems.Zip(
                assigned,
                (system, own) => new EventLoop<TSystem>(system, limits, limiter, own, assigned, time, log)
            )
            .ToImmutableArray<IEventLoop>();
        LogListening(listeners, created.Length, log);
        return new TinyServer(listeners, options, allowed, time, limiter, assigned, created, threads, log);
    }

    private static void LogListening(ImmutableArray<Socket> listeners, int threads, BackgroundLogger log)
    {
        foreach (var endPoint in listeners.Select(EndPointOf))
        {
            log.Listening(endPoint, threads);
            if (!IPAddress.IsLoopback(endPoint.Address))
            {
                log.ReachableFromNetwork(endPoint);
            }
        }
    }

    /// <summary>How many connections there can be: some descriptors are for those that are rejected.</summary>
    private static long MaxConnectionsOf<TSystem>(SystemGroup<TSystem> group)
        where TSystem : ISystem
    {
        var forRejected = Math.Min(ConnectionLimiter.MaxLingeringRejections + 1, group.MaxConnections / 2);
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
