using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Sockets;

/// <summary>From a target to a stream, and to the end of sending: the only place that knows of sockets.</summary>
internal static class Dialer
{
    /// <summary>Reaches a target, or gives up after <see cref="ClientOptions.ConnectTimeout"/>.</summary>
    internal static async Task<Either<ClientError, Stream>> DialWithTimeoutAsync(
        ServerEndPoint endPoint,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        var dialled = await Deadline
            .RunAsync(
                options.ConnectTimeout,
                options.TimeProvider,
                PendingOperation.Connection,
                token => DialAsync(endPoint, options, token),
                cancellationToken
            )
            .ConfigureAwait(false);
        return dialled.MapLeft(error => error.WithServer(endPoint));
    }

    private static Task<Either<ClientError, Stream>> DialAsync(
        ServerEndPoint endPoint,
        ClientOptions options,
        CancellationToken cancellationToken
    ) =>
        endPoint.Match(
            tcp: tcp => DialAsync(tcp.Server, endPoint, options, CreateTcpSocket, cancellationToken),
            tls: async tls =>
            {
                var dialled = await DialAsync(
                        tls.Server,
                        endPoint,
                        options,
                        CreateTcpSocket,
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                return dialled.IsLeft
                    ? dialled
                    : await AuthenticateAsync((Stream)dialled, tls, options.SslOptions, cancellationToken)
                        .ConfigureAwait(false);
            },
            unix: unix =>
                ConnectSocketAsync(
                    endPoint,
                    new UnixDomainSocketEndPoint(unix.Path),
                    static () => new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified),
                    cancellationToken
                )
        );

    /// <summary>Finds the host and tries its addresses, one after the other, until one answers.</summary>
    internal static async Task<Either<ClientError, Stream>> DialAsync(
        HostPort server,
        ServerEndPoint endPoint,
        ClientOptions options,
        Func<AddressFamily, Socket> createSocket,
        CancellationToken cancellationToken
    )
    {
        var since = options.TimeProvider.GetTimestamp();
        var found = await ResolveAsync(server, cancellationToken).ConfigureAwait(false);
        return found.IsLeft
            ? (ClientError)found
            : await ConnectSequentiallyAsync(
                    (IPAddress[])found,
                    options,
                    since,
                    (address, token) =>
                        ConnectSocketAsync(
                            endPoint,
                            new IPEndPoint(address, server.Port),
                            () => createSocket(address.AddressFamily),
                            token
                        ),
                    cancellationToken
                )
                .ConfigureAwait(false);
    }

    /// <summary>
    /// Tries addresses until one answers. None that swallows what is sent takes the time of those after it: each has an equal
    /// share of what is left, and the last has all of it.
    /// </summary>
    /// <param name="addresses">At least one.</param>
    /// <param name="options">The clock, and <see cref="ClientOptions.ConnectTimeout"/>, which ends the token.</param>
    /// <param name="startedAt">When that time began, by the clock's timestamp.</param>
    /// <param name="connect">Tries one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the first gave that answered, or why the last did not.</returns>
    internal static async Task<Either<ClientError, T>> ConnectSequentiallyAsync<T>(
        IPAddress[] addresses,
        ClientOptions options,
        long startedAt,
        Func<IPAddress, CancellationToken, Task<Either<ClientError, T>>> connect,
        CancellationToken cancellationToken
    )
    {
        for (var turn = 0; turn < addresses.Length - 1; turn++)
        {
            var address = addresses[turn];
            var left = options.ConnectTimeout - options.TimeProvider.GetElapsedTime(startedAt);
            var called = await Deadline
                .RunAsync(
                    TimeShare(left, addresses.Length - turn),
                    options.TimeProvider,
                    PendingOperation.Connection,
                    token => connect(address, token),
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (called.IsRight)
            {
                return called;
            }
        }

        return await connect(addresses[^1], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The share of the next of so many addresses in the time that is left, if any is.</summary>
    internal static TimeSpan TimeShare(TimeSpan remaining, int addressCount) =>
        TimeSpan.FromTicks(Math.Max(0, remaining.Ticks / addressCount));

    /// <summary>All addresses of a host, at least one. An address is its own, and nobody is asked.</summary>
    internal static Task<Either<ClientError, IPAddress[]>> ResolveAsync(
        HostPort server,
        CancellationToken cancellationToken
    ) => ResolveAsync(server, Dns.GetHostAddressesAsync, cancellationToken);

    /// <summary>The same with another way to ask.</summary>
    internal static async Task<Either<ClientError, IPAddress[]>> ResolveAsync(
        HostPort server,
        Func<string, CancellationToken, Task<IPAddress[]>> resolve,
        CancellationToken cancellationToken
    )
    {
        if (IPAddress.TryParse(server.Host, out var itself))
        {
            return new[] { itself };
        }

        try
        {
            // On Unix the resolver cannot be stopped once it has begun: it is left behind.
            var found = await resolve(server.Host, cancellationToken)
                .WaitAsync(cancellationToken)
                .ConfigureAwait(false);
            return found.Length > 0
                ? found
                : new ClientError.NameResolutionFailed(server, SocketError.NoData);
        }
        catch (SocketException unknown)
        {
            return new ClientError.NameResolutionFailed(server, unknown.SocketErrorCode);
        }
    }

    /// <summary>Says that nothing more comes; what the server says can still be heard (S-2).</summary>
    internal static async Task ShutdownSendAsync(Stream connection, CancellationToken cancellationToken)
    {
        try
        {
            if (connection is NetworkStream plain)
            {
                plain.Socket.Shutdown(SocketShutdown.Send);
            }
            else if (connection is SslStream secured)
            {
                await secured.ShutdownAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception gone)
            when (gone
                    is IOException
                        or SocketException
                        or ObjectDisposedException
                        or OperationCanceledException
            )
        {
            // The server has closed already, or nobody waits for it any more.
        }
    }

    private static async Task<Either<ClientError, Stream>> ConnectSocketAsync(
        ServerEndPoint server,
        EndPoint endPoint,
        Func<Socket> createSocket,
        CancellationToken cancellationToken
    )
    {
        var opened = Option<Socket>.None;
        var kept = false;
        try
        {
            var socket = createSocket();
            opened = socket;
            if (socket.ProtocolType == ProtocolType.Tcp)
            {
                // A request never waits for Nagle: it is written whole.
                socket.NoDelay = true;
            }

            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            kept = !IsConnectedToSelf(socket);
            return kept
                ? new NetworkStream(socket, ownsSocket: true)
                : new ClientError.ConnectedToSelf(server);
        }
        catch (SocketException failed)
        {
            return new ClientError.ConnectFailed(server, failed.SocketErrorCode);
        }
        finally
        {
            opened.Filter(_ => !kept).Iter(static socket => socket.Dispose());
        }
    }

    private static async Task<Either<ClientError, Stream>> AuthenticateAsync(
        Stream connection,
        ServerEndPoint.Tls endPoint,
        Func<SslClientAuthenticationOptions> createOptions,
        CancellationToken cancellationToken
    )
    {
        var secured = new SslStream(connection);
        var kept = false;
        try
        {
            await secured
                .AuthenticateAsClientAsync(
                    TlsOptions.Create(createOptions, endPoint.HostName),
                    cancellationToken
                )
                .ConfigureAwait(false);
            kept = true;
            return secured;
        }
        catch (Exception failed) when (failed is AuthenticationException or IOException)
        {
            return TlsError(endPoint, failed);
        }
        finally
        {
            if (!kept)
            {
                await secured.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>What an attempt to speak TLS has failed by.</summary>
    internal static ClientError TlsError(ServerEndPoint.Tls endPoint, Exception exception) =>
        // What is not TLS, and what cannot be trusted, is the other exception.
        exception is IOException broken
            ? new ClientError.ConnectionLost(
                PendingOperation.Connection,
                StreamErrors.MessageOf(broken),
                PartialLine: ""
            )
            : new ClientError.TlsHandshakeFailed(endPoint, StreamErrors.MessageOf(exception));

    private static bool IsConnectedToSelf(Socket socket) =>
        socket.AddressFamily != AddressFamily.Unix && Equals(socket.LocalEndPoint, socket.RemoteEndPoint);

    private static Socket CreateTcpSocket(AddressFamily family) =>
        new(family, SocketType.Stream, ProtocolType.Tcp);
}
