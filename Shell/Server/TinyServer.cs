using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using LanguageExt;
using Microsoft.Extensions.Logging;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.Loop;
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
    private readonly long room;
    private readonly TimeProvider time;
    private readonly LogQueue log;
    private readonly ImmutableArray<ILoop> loops;
    private readonly Watchman watchman;
    private readonly Lock ending = new();
    private volatile ServerOptions options;

    private TinyServer(
        ImmutableArray<Socket> listeners,
        ServerOptions options,
        long room,
        TimeProvider time,
        Admission admission,
        ImmutableArray<ILoop> loops,
        LogQueue log
    )
    {
        this.listeners = listeners;
        this.options = options;
        this.room = room;
        this.time = time;
        this.log = log;
        this.loops = loops;
        Admission = admission;
        watchman = new Watchman(loops, admission, time, log);
        Completion = Task.WhenAll(loops.Select(StartThread));
    }

    /// <summary>Where it listens, or first of all: the port is the one that the system picked, if it was told 0.</summary>
    public IPEndPoint EndPoint => EndPointOf(listeners[0]);

    /// <summary>Ends when the server has stopped; fails if one of its loops died, which stops the others.</summary>
    public Task Completion { get; }

    /// <summary>How many conversations were cut because a stop took too long, or was to be at once.</summary>
    public long CutConversations => Admission.Cut;

    /// <summary>Whether one of its threads has been stuck for more than a second: then it does not serve all.</summary>
    public bool IsStuck => watchman.SomeStuck;

    /// <summary>Its connections, and how the loops share them.</summary>
    internal Admission Admission { get; }

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

    /// <summary>The same by epoll.</summary>
    internal static Either<StartError, TinyServer> StartLinux(
        ServerOptions options,
        TimeProvider time,
        ILogger log
    ) =>
        StartOn<LinuxSystem>(
            listeners =>
                Descriptors
                    .Left(ServerThreads.For(options.Threads))
                    .Map(left => new Machine<LinuxSystem>(
                        () => new LinuxSystem(listeners, left, ReceiveBuffer),
                        left.Free
                    ))
                    .ToEither(new StartError(options.EndPoint, SocketError.TooManyOpenSockets)),
            options,
            time,
            log
        );

    /// <summary>The same by what every machine has.</summary>
    internal static Either<StartError, TinyServer> StartPortable(
        ServerOptions options,
        TimeProvider time,
        ILogger log
    ) =>
        StartOn<PortableSystem>(
            static listeners => new Machine<PortableSystem>(
                () => new PortableSystem(listeners, ReceiveBuffer),
                Room: int.MaxValue
            ),
            options,
            time,
            log
        );

    private static Either<StartError, TinyServer> StartOn<TSystem>(
        Func<ImmutableArray<Socket>, Either<StartError, Machine<TSystem>>> machine,
        ServerOptions options,
        TimeProvider time,
        ILogger log
    )
        where TSystem : ISystem =>
        from listeners in Listener.For(options)
        from found in machine(listeners).MapLeft(error => ClosedFor(error, listeners))
        select Run(listeners, found, options, time, new LogQueue(log, time));

    private static StartError ClosedFor(StartError error, ImmutableArray<Socket> listeners)
    {
        listeners.ToList().ForEach(static listener => listener.Dispose());
        return error;
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
        log.Stopped(Admission.Served, CutConversations);
    }

    /// <summary>
    /// Takes new values of what can change while it runs: <see cref="Limits.MaxConnections"/>,
    /// <see cref="ServerOptions.DrainDelay"/> and <see cref="ServerOptions.DrainTimeout"/>. The rest stays as it is.
    /// </summary>
    /// <param name="changed">The options, with the new values.</param>
    public void Reload(ServerOptions changed)
    {
        options = options with { DrainDelay = changed.DrainDelay, DrainTimeout = changed.DrainTimeout };
        Admission.Most = Fitting(changed.Limits, room, log).MaxConnections;
    }

    /// <summary>Cuts every conversation and ends, without waiting for anything; also in the midst of a stop.</summary>
    public void StopNow() => ForEachLoop(static loop => loop.Cut());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        ForEachLoop(Drain);
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        watchman.Dispose();
        lock (ending)
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

    // Who waits at a listener that somebody else keeps open is the next server's guest.
    private void Drain(ILoop loop) => loop.Drain(options.DrainTimeout, sweep: options.Sockets.IsEmpty);

    private void ForEachLoop(Action<ILoop> order)
    {
        // A wake-up after the loops' disposal could meet a descriptor that is somebody else's by then.
        lock (ending)
        {
            if (!Completion.IsCompleted)
            {
                loops.ToList().ForEach(order);
            }
        }
    }

    private Task StartThread(ILoop loop) =>
        Task.Factory.StartNew(
            () => Serve(loop),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    private void Serve(ILoop loop)
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
        Machine<TSystem> machine,
        ServerOptions options,
        TimeProvider time,
        LogQueue log
    )
        where TSystem : ISystem
    {
        var threads = ServerThreads.For(options.Threads);
        var forRefused = Math.Min(threads * (Admission.MostRefused + 1), machine.Room / 2);
        var most = Math.Max(1, machine.Room - forRefused);
        var limits = Fitting(options.Limits, most, log);
        var admission = new Admission(limits);
        var turning = Enumerable
            .Range(0, threads)
            .Select(_ => Loop(machine.CreateSystem(), limits, admission, time, log))
            .ToImmutableArray<ILoop>();
        foreach (var endPoint in listeners.Select(EndPointOf))
        {
            log.Listening(endPoint, turning.Length);
            if (!IPAddress.IsLoopback(endPoint.Address))
            {
                log.BeyondLoopback(endPoint);
            }
        }

        return new TinyServer(listeners, options, most, time, admission, turning, log);
    }

    /// <summary>Limits that the machine has room for: fewer connections, if need be, and a line in the log.</summary>
    private static Limits Fitting(Limits limits, long room, LogQueue log)
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

    /// <summary>What a server runs on.</summary>
    /// <param name="CreateSystem">A system for each loop.</param>
    /// <param name="Room">How many connections there may be.</param>
    private sealed record Machine<TSystem>(Func<TSystem> CreateSystem, long Room);

    private static EventLoop<TSystem> Loop<TSystem>(
        TSystem system,
        Limits limits,
        Admission admission,
        TimeProvider time,
        ILogger log
    )
        where TSystem : ISystem => new(system, limits, admission.Join(system.Wake), time, log);
}
