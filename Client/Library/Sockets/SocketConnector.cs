using System.Net;
using System.Net.Sockets;
using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Sockets;

/// <summary>Connects a socket to an address or a path.</summary>
internal static class SocketConnector
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(5);

    internal static Socket CreateTcpSocket(AddressFamily family) =>
        new(family, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>
    /// Connects to a Unix socket. While its queue is full, connect fails at once with EAGAIN where TCP would wait, and nothing
    /// can be waited for: it is tried again until the cancellation.
    /// </summary>
    internal static async Task<Either<ClientError, Stream>> ConnectUnixAsync(
        ServerEndPoint.Unix server,
        TimeProvider timeProvider,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var connected = await ConnectAsync(
                    server,
                    () => new UnixDomainSocketEndPoint(server.Path),
                    static () => new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified),
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (
                connected.IsRight
                || (ClientError)connected is not ClientError.ConnectFailed { Reason: SocketError.WouldBlock }
            )
            {
                return connected;
            }

            await Task.Delay(RetryInterval, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Creates and connects a socket. Disposes it on failure.</summary>
    /// <param name="server">The end point that errors name.</param>
    /// <param name="createEndPoint">Creates the address or path.</param>
    /// <param name="createSocket">Creates the socket.</param>
    /// <param name="cancellationToken">Cancels the connect.</param>
    internal static async Task<Either<ClientError, Stream>> ConnectAsync(
        ServerEndPoint server,
        Func<EndPoint> createEndPoint,
        Func<Socket> createSocket,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var socket = createSocket();
            var isConnected = false;
            try
            {
                if (socket.ProtocolType == ProtocolType.Tcp)
                {
                    // Each write holds whole requests: Nagle's algorithm would only delay them.
                    socket.NoDelay = true;
                    EnableKeepAlive(socket);
                }

                await ConnectAsync(socket, createEndPoint(), cancellationToken).ConfigureAwait(false);
                isConnected = !IsConnectedToSelf(socket);
                return isConnected ? new SocketStream(socket) : new ClientError.ConnectedToSelf(server);
            }
            finally
            {
                if (!isConnected)
                {
                    socket.Dispose();
                }
            }
        }
        catch (Exception exception) when (StreamErrors.IsFailure(exception, cancellationToken))
        {
            return new ClientError.ConnectFailed(server, StreamErrors.SocketErrorOf(exception));
        }
    }

    /// <summary>Connects. A cancellation has no effect on a connect that has completed but was not yet reported.</summary>
    private static async Task ConnectAsync(
        Socket socket,
        EndPoint endPoint,
        CancellationToken cancellationToken
    )
    {
        var connecting = socket.ConnectAsync(endPoint, CancellationToken.None).AsTask();
        try
        {
            await connecting.WaitOrAbandonAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (socket.Poll(TimeSpan.Zero, SelectMode.SelectWrite))
        {
            // Does not wait.
            await connecting.ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The kernel probes a silent server, so that a connection that a router or a firewall has dropped is noticed within two minutes.
    /// </summary>
    private static void EnableKeepAlive(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 15);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 4);
    }

    private static bool IsConnectedToSelf(Socket socket) =>
        socket.AddressFamily != AddressFamily.Unix && Equals(socket.LocalEndPoint, socket.RemoteEndPoint);
}
