using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using LanguageExt;

namespace TinyTcp.Server.Listeners;

/// <summary>
/// Listening sockets with the options that accepted sockets inherit on Linux, so that nothing has to be set for each
/// connection.
/// </summary>
internal static class Listener
{
    // The kernel lowers it to net.core.somaxconn.
    private const int Backlog = int.MaxValue;
    private const int LinuxSocket = 1;
    private const int LinuxReceiveLowAt = 18;
    private const int LinuxTcp = 6;
    private const int LinuxTcpDeferAccept = 9;
    private const int LinuxTcpUserTimeout = 18;
    private const int LinuxTcpNotSentLowAt = 25;
    private const int NotSentLowWatermark = 64 * 1024;

    /// <summary>
    /// SO_RCVBUF and SO_SNDBUF, in bytes: how much the kernel keeps of unread input and of unsent output. Linux doubles the
    /// value for its own overhead. Without it, either grows to megabytes.
    /// </summary>
    private const int KernelBuffer = 256 * 1024;

    /// <summary>Prepares the sockets that were passed to the server, or opens one.</summary>
    /// <param name="endPoint">Where to listen if there are none.</param>
    /// <param name="passed">Bound and listening TCP sockets. After an error they stay the caller's.</param>
    internal static Either<ListenError, ImmutableArray<Socket>> Open(
        IPEndPoint endPoint,
        ImmutableArray<Socket> passed
    ) =>
        passed.IsEmpty
            ? Bind(endPoint).Map(static socket => ImmutableArray.Create(socket))
            : passed
                .Select(Adopt)
                .FirstOrDefault(static error => error.IsSome)
                .Match(
                    Some: static error => Either<ListenError, ImmutableArray<Socket>>.Left(error),
                    None: () => passed
                );

    /// <summary>Opens a non-blocking socket that listens.</summary>
    internal static Either<ListenError, Socket> Bind(IPEndPoint endPoint)
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
            return new ListenError(exception.SocketErrorCode);
        }
    }

    /// <summary>Prepares a socket that was passed to the server.</summary>
    private static Option<ListenError> Adopt(Socket socket)
    {
        try
        {
            if (socket is not { SocketType: SocketType.Stream, LocalEndPoint: IPEndPoint })
            {
                return Invalid("is not a bound TCP socket");
            }

            if (!IsListening(socket))
            {
                return Invalid("does not listen: call Listen first");
            }

            ResetOptions(socket);
            Prepare(socket);
            return Option<ListenError>.None;
        }
        catch (ObjectDisposedException)
        {
            return Invalid("is disposed");
        }
        catch (SocketException exception)
        {
            // Such as one of MPTCP, which lacks some of the options.
            return Invalid($"is not a plain TCP socket: {exception.Message}");
        }
    }

    private static ListenError Invalid(string problem) =>
        new(SocketError.InvalidArgument, $"A socket of the option Listeners {problem}.");

    private static bool IsListening(Socket socket) =>
        socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.AcceptConnection) is not 0;

    private static void Prepare(Socket socket)
    {
        // No reply waits for Nagle's algorithm.
        socket.NoDelay = true;
        socket.ReceiveBufferSize = KernelBuffer;
        socket.SendBufferSize = KernelBuffer;
        EnableKeepAlive(socket);
        if (OperatingSystem.IsLinux())
        {
            SetNotSentLowWatermark(socket);
        }

        socket.Blocking = false;
    }

    /// <summary>
    /// Turns off what connections would inherit from a passed socket: closing that blocks or resets, a greeting that waits for
    /// the client, requests that wait for more, and a timeout for slow readers.
    /// </summary>
    private static void ResetOptions(Socket socket)
    {
        socket.LingerState = new LingerOption(enable: false, seconds: 0);
        if (OperatingSystem.IsLinux())
        {
            SetRaw(socket, LinuxSocket, LinuxReceiveLowAt, 1);
            SetRaw(socket, LinuxTcp, LinuxTcpDeferAccept, 0);
            SetRaw(socket, LinuxTcp, LinuxTcpUserTimeout, 0);
        }
    }

    private static void SetRaw(Socket socket, int level, int option, int value) =>
        socket.SetRawSocketOption(level, option, BitConverter.GetBytes(value));

    /// <summary>
    /// The kernel probes a silent peer, and resets the connection within two minutes if it does not answer. There is no
    /// TCP_USER_TIMEOUT: it also resets a peer that reads steadily, but whose window has never had room for all that is queued.
    /// </summary>
    private static void EnableKeepAlive(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 15);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 4);
    }

    /// <summary>
    /// The kernel queues at most 64 KiB beyond the peer's receive window. Without it, it queues megabytes for a peer that does
    /// not read, and reports the socket as writable only when a third of them is sent: too late to see whether a slow peer
    /// makes progress.
    /// </summary>
    private static void SetNotSentLowWatermark(Socket socket) =>
        SetRaw(socket, LinuxTcp, LinuxTcpNotSentLowAt, NotSentLowWatermark);
}
