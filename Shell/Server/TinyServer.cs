using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using LanguageExt;
using Microsoft.Extensions.Logging;
using TinyTcp.Core;
using TinyTcp.Server.Loop;
using TinyTcp.Server.Systems;
using TinyTcp.Server.Systems.Linux;
using TinyTcp.Server.Systems.Portable;

namespace TinyTcp.Server;

/// <summary>
/// A running TinyTCP server: one listener, and threads that turn an event loop each. It decides nothing of the protocol:
/// that is <see cref="Session"/>'s.
/// </summary>
public sealed class TinyServer : IAsyncDisposable
{
    // As much as a socket's buffer holds: half of it makes long requests in long batches twice as dear.
    internal const int ReceiveBuffer = 128 * 1024;

    private readonly Socket listener;
    private readonly LogQueue log;
    private readonly ImmutableArray<ILoop> loops;
    private readonly Lock ending = new();

    private TinyServer(Socket listener, Admission admission, ImmutableArray<ILoop> loops, LogQueue log)
    {
        this.listener = listener;
        this.log = log;
        this.loops = loops;
        Admission = admission;
        Completion = Task.WhenAll(loops.Select(StartThread));
    }

    /// <summary>Where it listens: the port is the one that the system picked, if it was told 0.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)listener.LocalEndPoint!;

    /// <summary>Ends when the server has stopped; fails if one of its loops died, which stops the others.</summary>
    public Task Completion { get; }

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
            static listener =>
            {
                var descriptors = Descriptors.LeftBy(listener);
                return () => new LinuxSystem(listener, descriptors, ReceiveBuffer);
            },
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
            static listener => () => new PortableSystem(listener, ReceiveBuffer),
            options,
            time,
            log
        );

    private static Either<StartError, TinyServer> StartOn<TSystem>(
        Func<Socket, Func<TSystem>> systems,
        ServerOptions options,
        TimeProvider time,
        ILogger log
    )
        where TSystem : ISystem =>
        Listener
            .On(options.EndPoint)
            .Map(listener => Run(listener, systems(listener), options, time, new LogQueue(log, time)));

    /// <summary>Stops: accepts nobody any more, says goodbye to everybody, and waits until they are gone.</summary>
    public async Task StopAsync()
    {
        log.Stopping();
        RequestStop();
        await Completion.ConfigureAwait(false);
        log.Stopped(Admission.Served);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        RequestStop();
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (ending)
        {
            foreach (var loop in loops)
            {
                loop.Dispose();
            }

            listener.Dispose();
        }

        await log.DisposeAsync().ConfigureAwait(false);
    }

    private void RequestStop()
    {
        // A wake-up after the loops' disposal could meet a descriptor that is somebody else's by then.
        lock (ending)
        {
            if (!Completion.IsCompleted)
            {
                StopLoops();
            }
        }
    }

    private void StopLoops()
    {
        foreach (var loop in loops)
        {
            loop.RequestStop();
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
            StopLoops();
            throw;
        }
    }

    private static TinyServer Run<TSystem>(
        Socket listener,
        Func<TSystem> system,
        ServerOptions options,
        TimeProvider time,
        LogQueue log
    )
        where TSystem : ISystem
    {
        var admission = new Admission(options.Limits.MaxConnections);
        var turning = Enumerable
            .Range(0, ServerThreads.For(options.Threads))
            .Select(_ => Loop(system(), options.Limits, admission, time, log))
            .ToImmutableArray<ILoop>();
        log.Listening(listener.LocalEndPoint!, turning.Length);
        if (!IPAddress.IsLoopback(((IPEndPoint)listener.LocalEndPoint!).Address))
        {
            log.BeyondLoopback(listener.LocalEndPoint!);
        }

        return new TinyServer(listener, admission, turning, log);
    }

    private static EventLoop<TSystem> Loop<TSystem>(
        TSystem system,
        Limits limits,
        Admission admission,
        TimeProvider time,
        ILogger log
    )
        where TSystem : ISystem => new(system, limits, admission.Join(system.Wake), time, log);
}
