using System.Net;
using System.Net.Sockets;
using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Sockets;

/// <summary>Connects to an end point: resolves the host, connects a socket and starts TLS.</summary>
internal static class Dialer
{
    /// <summary>Connects within <see cref="ClientOptions.ConnectTimeout"/>.</summary>
    internal static async Task<Either<ClientError, Stream>> DialWithTimeoutAsync(
        ServerEndPoint endPoint,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        var stream = await Deadline
            .RunConnectAsync(options, token => DialAsync(endPoint, options, token), cancellationToken)
            .ConfigureAwait(false);
        return stream
            .MapLeft(error => error.WithServer(endPoint))
            .Map(connected => options.Record(connected, endPoint));
    }

    /// <summary>Resolves the host and connects to the first of its addresses that accepts.</summary>
    /// <param name="server">The host and the port.</param>
    /// <param name="endPoint">The end point that errors name.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="createSocket">Creates the socket for an address.</param>
    /// <param name="cancellationToken">Cancels the connect.</param>
    internal static async Task<Either<ClientError, Stream>> DialAsync(
        HostPort server,
        ServerEndPoint endPoint,
        TimeProvider timeProvider,
        Func<AddressFamily, Socket> createSocket,
        CancellationToken cancellationToken
    )
    {
        var addresses = await HostResolver.ResolveAsync(server, cancellationToken).ConfigureAwait(false);
        return addresses.IsLeft
            ? (ClientError)addresses
            : await HappyEyeballs
                .ConnectAsync(
                    (IPAddress[])addresses,
                    timeProvider,
                    (address, token) =>
                        SocketConnector.ConnectAsync(
                            endPoint,
                            () => new IPEndPoint(address, server.Port),
                            () => createSocket(address.AddressFamily),
                            token
                        ),
                    cancellationToken
                )
                .ConfigureAwait(false);
    }

    private static Task<Either<ClientError, Stream>> DialAsync(
        ServerEndPoint endPoint,
        ClientOptions options,
        CancellationToken cancellationToken
    ) =>
        endPoint.Match(
            tcp: tcp =>
                DialAsync(
                    tcp.Server,
                    endPoint,
                    options.TimeProvider,
                    SocketConnector.CreateTcpSocket,
                    cancellationToken
                ),
            tls: tls => DialTlsAsync(tls, options, cancellationToken),
            unix: unix => SocketConnector.ConnectUnixAsync(unix, options.TimeProvider, cancellationToken)
        );

    private static async Task<Either<ClientError, Stream>> DialTlsAsync(
        ServerEndPoint.Tls endPoint,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        // First, so that an exception of the callback is not taken for one of the connection.
        var sslOptions = TlsHandshake.WithTargetHost(options.SslOptions(), endPoint.HostName);
        var stream = await DialAsync(
                endPoint.Server,
                endPoint,
                options.TimeProvider,
                SocketConnector.CreateTcpSocket,
                cancellationToken
            )
            .ConfigureAwait(false);
        return stream.IsLeft
            ? stream
            : await TlsHandshake
                .AuthenticateAsync((Stream)stream, endPoint, sslOptions, cancellationToken)
                .ConfigureAwait(false);
    }
}
