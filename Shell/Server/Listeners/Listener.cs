using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using LanguageExt;

namespace TinyTcp.Server.Listeners;

/// <summary>The sockets that a server listens on, set up so that what is accepted inherits what it needs.</summary>
internal static class Listener
{
    // The kernel takes as many as net.core.somaxconn allows: in a storm nobody has to knock twice.
    private const int Backlog = int.MaxValue;
    private const int LinuxTcp = 6;
    private const int LinuxTcpUserTimeout = 18;
    private const int LinuxTcpNotSentLowAt = 25;
    private const int NotSentLowWatermark = 64 * 1024;

    /// <summary>
    /// How many bytes the kernel may hold of what a peer has sent and nobody has read, and as many of what it has not
    /// taken yet; with what it spends itself, it reckons twice as much. Left alone it lets either grow to megabytes.
    /// </summary>
    private const int KernelBuffer = 256 * 1024;

    /// <summary>The sockets that a server was handed, or else one of its own; or why it cannot listen.</summary>
    internal static Either<StartError, ImmutableArray<Socket>> Open(ServerOptions options)
    {
        foreach (var socket in options.Listeners)
        {
            Prepare(socket);
        }

        return options.Listeners.IsEmpty
            ? Bind(options.EndPoint).Map(static socket => ImmutableArray.Create(socket))
            : options.Listeners;
    }

    /// <summary>Listens, without blocking; or says why it cannot.</summary>
    internal static Either<StartError, Socket> Bind(IPEndPoint endPoint)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            Prepare(socket);
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

    /// <summary>Gives a listener the options that accepted sockets inherit on Linux.</summary>
    private static void Prepare(Socket socket)
    {
        // A reply never waits for Nagle's algorithm.
        socket.NoDelay = true;
        socket.ReceiveBufferSize = KernelBuffer;
        socket.SendBufferSize = KernelBuffer;
        EnableKeepAlive(socket);
        if (OperatingSystem.IsLinux())
        {
            SetUserTimeout(socket);
            SetNotSentLowWatermark(socket);
        }

        socket.Blocking = false;
    }

    /// <summary>
    /// Has the kernel ask who is silent whether it is still there: where <c>idle-timeout</c> is off, too, who has vanished
    /// without a word is given up within two minutes.
    /// </summary>
    private static void EnableKeepAlive(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 15);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 4);
    }

    /// <summary>Nobody is asked while something is on its way to them: then two minutes without a receipt are too many.</summary>
    private static void SetUserTimeout(Socket socket) =>
        socket.SetRawSocketOption(LinuxTcp, LinuxTcpUserTimeout, BitConverter.GetBytes(120_000));

    /// <summary>
    /// Lets the kernel queue only so much that the peer's window has no room for. Left alone it queues megabytes for a
    /// peer that does not read, and says that there is room only when a third of them is gone: too late to see whether
    /// a slow peer gets on. Accepted sockets inherit it.
    /// </summary>
    private static void SetNotSentLowWatermark(Socket socket) =>
        socket.SetRawSocketOption(LinuxTcp, LinuxTcpNotSentLowAt, BitConverter.GetBytes(NotSentLowWatermark));
}
