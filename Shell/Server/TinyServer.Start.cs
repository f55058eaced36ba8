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
    public static Either<StartError, TinyServer> Start(
        ServerOptions options,
        TimeProvider time,
        ILogger log
    ) => OperatingSystem.IsLinux() ? StartLinux(options, time, log) : StartPortable(options, time, log);

    /// <summary>Checks what <see cref="Start"/> checks before it opens a listener: options and descriptors.</summary>
    /// <param name="options">The options of the start.</param>
    /// <returns>Why a server could not start; none if it may.</returns>
    public static Option<StartError> Check(ServerOptions options) =>
        OperatingSystem.IsLinux()
            ? Check(options, LinuxSystem.CheckDescriptors)
            : Check(options, static _ => default);

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

        return new StartError(
            options.EndPoint,
            error.SocketError,
            error.SocketError == SocketError.SocketError ? $"Cannot start event loops: {error}." : ""
        );
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
        foreach (var endPoint in listeners.Select(EndPointOf))
        {
            log.Listening(endPoint, created.Length);
            if (!IPAddress.IsLoopback(endPoint.Address))
            {
                log.ReachableFromNetwork(endPoint);
            }
        }

        return new TinyServer(listeners, options, allowed, time, limiter, assigned, created, log);
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
