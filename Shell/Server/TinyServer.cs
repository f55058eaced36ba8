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
/// A running TinyTCP server: one listener, and a thread that turns the event loop. It decides nothing of the protocol:
/// that is <see cref="Session"/>'s.
/// </summary>
public sealed class TinyServer : IAsyncDisposable
{
    private const int Backlog = 511;
    private const int ReceiveBuffer = 64 * 1024;

    private readonly Socket listener;
    private readonly ILogger log;
    private readonly Action requestStop;
    private readonly Task<long> served;

    private TinyServer(Socket listener, ILogger log, Action requestStop, Func<long> run)
    {
        this.listener = listener;
        this.log = log;
        this.requestStop = requestStop;
        served = Task.Factory.StartNew(
            run,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
    }

    /// <summary>Where it listens: the port is the one that the system picked, if it was told 0.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)listener.LocalEndPoint!;

    /// <summary>Ends when the server has stopped; fails if its loop died.</summary>
    public Task Completion => served;

    /// <summary>Starts to listen and to serve.</summary>
    /// <param name="options">Where, and within which limits.</param>
    /// <param name="time">The clocks: deadlines are measured by its timestamps, TIME tells its local time.</param>
    /// <param name="log">Where to say what happens.</param>
    /// <returns>The server, or why it cannot listen.</returns>
    public static Either<StartError, TinyServer> Start(
        ServerOptions options,
        TimeProvider time,
        ILogger log
    ) =>
        Listen(options.EndPoint)
            .Map(listener =>
                OperatingSystem.IsLinux()
                    ? Run(listener, new LinuxSystem(listener, ReceiveBuffer), options.Limits, time, log)
                    : Run(listener, new PortableSystem(listener, ReceiveBuffer), options.Limits, time, log)
            );

    /// <summary>Stops: accepts nobody any more, says goodbye to everybody, and waits until they are gone.</summary>
    public async Task StopAsync()
    {
        log.Stopping();
        requestStop();
        log.Stopped(await served.ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        requestStop();
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        listener.Dispose();
    }

    private static TinyServer Run<TSystem>(
        Socket listener,
        TSystem system,
        Limits limits,
        TimeProvider time,
        ILogger log
    )
        where TSystem : ISystem
    {
        var loop = new EventLoop<TSystem>(system, limits, new Admission(limits.MaxConnections), time, log);
        log.Listening(listener.LocalEndPoint!);
        if (!IPAddress.IsLoopback(((IPEndPoint)listener.LocalEndPoint!).Address))
        {
            log.BeyondLoopback(listener.LocalEndPoint!);
        }

        return new TinyServer(listener, log, loop.RequestStop, () => RunToEnd(loop, log));
    }

    private static long RunToEnd<TSystem>(EventLoop<TSystem> loop, ILogger log)
        where TSystem : ISystem
    {
        using (loop)
        {
            try
            {
                loop.Run();
                return loop.Served;
            }
            catch (Exception exception)
            {
                log.Died(exception);
                throw;
            }
        }
    }

    private static Either<StartError, Socket> Listen(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Accepted sockets inherit it on Linux: a reply never waits for Nagle's algorithm.
            socket.NoDelay = true;
            socket.Blocking = false;
            socket.Bind(endPoint);
            socket.Listen(Backlog);
            return socket;
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            return new StartError(endPoint, exception.SocketErrorCode);
        }
    }
}
