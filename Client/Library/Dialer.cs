using System.Net;
using System.Net.Sockets;
using LanguageExt;

namespace TinyTcp.Client;

/// <summary>From a host and a port to a stream: the only place that knows of sockets.</summary>
internal static class Dialer
{
    /// <summary>Finds the host and tries its addresses, one after the other, until one answers.</summary>
    internal static Task<Either<ClientError, Stream>> DialAsync(
        ServerAddress server,
        CancellationToken cancellationToken
    ) => DialAsync(server, NewSocket, cancellationToken);

    /// <summary>The same over sockets of the caller's making.</summary>
    internal static async Task<Either<ClientError, Stream>> DialAsync(
        ServerAddress server,
        Func<AddressFamily, Socket> newSocket,
        CancellationToken cancellationToken
    )
    {
        Either<ClientError, Stream> dialled = new ClientError.NotResolved(server, SocketError.NoData);
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(server.Host, cancellationToken)
                .ConfigureAwait(false);
            for (var next = 0; next < addresses.Length && dialled.IsLeft; next++)
            {
                dialled = await CallAsync(server, addresses[next], newSocket, cancellationToken)
                    .ConfigureAwait(false);
            }

            return dialled;
        }
        catch (SocketException unknown)
        {
            return new ClientError.NotResolved(server, unknown.SocketErrorCode);
        }
    }

    private static async Task<Either<ClientError, Stream>> CallAsync(
        ServerAddress server,
        IPAddress address,
        Func<AddressFamily, Socket> newSocket,
        CancellationToken cancellationToken
    )
    {
        var opened = Option<Socket>.None;
        var kept = false;
        try
        {
            var socket = newSocket(address.AddressFamily);
            opened = socket;
            // A request never waits for Nagle: it is written whole.
            socket.NoDelay = true;
            await socket.ConnectAsync(address, server.Port, cancellationToken).ConfigureAwait(false);
            kept = !IsSelf(socket);
            return kept
                ? new NetworkStream(socket, ownsSocket: true)
                : new ClientError.ConnectedToSelf(server);
        }
        catch (SocketException failed)
        {
            return new ClientError.NotConnected(server, failed.SocketErrorCode);
        }
        finally
        {
            opened.Filter(_ => !kept).Iter(static socket => socket.Dispose());
        }
    }

    private static bool IsSelf(Socket socket) => Equals(socket.LocalEndPoint, socket.RemoteEndPoint);

    private static Socket NewSocket(AddressFamily family) => new(family, SocketType.Stream, ProtocolType.Tcp);
}
