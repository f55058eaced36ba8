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
    private const int LinuxTcp = 6;
    private const int LinuxTcpNotSentLowAt = 25;
    private const int Unsent = 64 * 1024;
    internal const int ReceiveBuffer = 64 * 1024;

    private readonly Socket listener;
    private readonly LogQueue log;
    private readonly ILoop loop;
    private readonly Task<long> served;
    private readonly Lock ending = new();

    private TinyServer(Socket listener, LogQueue log, ILoop loop)
    {
        this.listener = listener;
        this.log = log;
        this.loop = loop;
        served = Task.Factory.StartNew(
            Serve,
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
        OperatingSystem.IsLinux()
            ? StartOn(static listener => new LinuxSystem(listener, ReceiveBuffer), options, time, log)
            : StartOn(static listener => new PortableSystem(listener, ReceiveBuffer), options, time, log);

    /// <summary>The same on a system of choice.</summary>
    internal static Either<StartError, TinyServer> StartOn<TSystem>(
        Func<Socket, TSystem> system,
        ServerOptions options,
        TimeProvider time,
        ILogger log
    )
        where TSystem : ISystem =>
        Listen(options.EndPoint)
            .Map(listener => Run(listener, system(listener), options.Limits, time, new LogQueue(log, time)));

    /// <summary>Stops: accepts nobody any more, says goodbye to everybody, and waits until they are gone.</summary>
    public async Task StopAsync()
    {
        log.Stopping();
        RequestStop();
        log.Stopped(await served.ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        RequestStop();
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (ending)
        {
            loop.Dispose();
            listener.Dispose();
        }

        await log.DisposeAsync().ConfigureAwait(false);
    }

    private void RequestStop()
    {
        // A wake-up after the loop's disposal could meet a descriptor that is somebody else's by then.
        lock (ending)
        {
            if (!served.IsCompleted)
            {
                loop.RequestStop();
            }
        }
    }

    private long Serve()
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

    private static TinyServer Run<TSystem>(
        Socket listener,
        TSystem system,
        Limits limits,
        TimeProvider time,
        LogQueue log
    )
        where TSystem : ISystem
    {
        var turning = new EventLoop<TSystem>(system, limits, new Admission(limits.MaxConnections), time, log);
        log.Listening(listener.LocalEndPoint!);
        if (!IPAddress.IsLoopback(((IPEndPoint)listener.LocalEndPoint!).Address))
        {
            log.BeyondLoopback(listener.LocalEndPoint!);
        }

        return new TinyServer(listener, log, turning);
    }

    /// <summary>
    /// Lets the kernel queue only so much that the peer's window has no room for. Left alone it queues megabytes for a
    /// peer that does not read, and says that there is room only when a third of them is gone: too late to see whether
    /// a slow peer gets on. Accepted sockets inherit it.
    /// </summary>
    private static void KeepUnsentShort(Socket socket) =>
        socket.SetRawSocketOption(LinuxTcp, LinuxTcpNotSentLowAt, BitConverter.GetBytes(Unsent));

    internal static Either<StartError, Socket> Listen(IPEndPoint endPoint)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            // Accepted sockets inherit it on Linux: a reply never waits for Nagle's algorithm.
            socket.NoDelay = true;
            if (OperatingSystem.IsLinux())
            {
                KeepUnsentShort(socket);
            }

            socket.Blocking = false;
            socket.Bind(endPoint);
            socket.Listen(Backlog);
            return socket;
        }
        catch (SocketException exception)
        {
            socket?.Dispose();
            return new StartError(endPoint, exception.SocketErrorCode);
        }
    }
}
