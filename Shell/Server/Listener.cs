using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using LanguageExt;

namespace TinyTcp.Server;

/// <summary>The socket that a server listens on, set up so that what is accepted inherits what it needs.</summary>
internal static class Listener
{
    // The kernel takes as many as net.core.somaxconn allows: in a storm nobody has to knock twice.
    private const int Backlog = int.MaxValue;
    private const int LinuxTcp = 6;
    private const int LinuxTcpNotSentLowAt = 25;
    private const int Unsent = 64 * 1024;

    /// <summary>The sockets that a server was handed, or else one of its own; or why it cannot listen.</summary>
    internal static Either<StartError, ImmutableArray<Socket>> For(ServerOptions options)
    {
        foreach (var socket in options.Sockets)
        {
            Prepare(socket);
        }

        return options.Sockets.IsEmpty
            ? On(options.EndPoint).Map(static socket => ImmutableArray.Create(socket))
            : options.Sockets;
    }

    /// <summary>Listens, without blocking; or says why it cannot.</summary>
    internal static Either<StartError, Socket> On(IPEndPoint endPoint)
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
        if (OperatingSystem.IsLinux())
        {
            KeepUnsentShort(socket);
        }

        socket.Blocking = false;
    }

    /// <summary>
    /// Lets the kernel queue only so much that the peer's window has no room for. Left alone it queues megabytes for a
    /// peer that does not read, and says that there is room only when a third of them is gone: too late to see whether
    /// a slow peer gets on. Accepted sockets inherit it.
    /// </summary>
    private static void KeepUnsentShort(Socket socket) =>
        socket.SetRawSocketOption(LinuxTcp, LinuxTcpNotSentLowAt, BitConverter.GetBytes(Unsent));
}
