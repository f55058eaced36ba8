using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using LanguageExt;

namespace TinyTcp.Client;

/// <summary>From a target to a stream: the only place that knows of sockets.</summary>
internal static class Dialer
{
    /// <summary>Reaches a target, or gives up after <see cref="ClientOptions.ConnectTimeout"/>.</summary>
    internal static Task<Either<ClientError, Stream>> DialInTimeAsync(
        Target target,
        ClientOptions options,
        CancellationToken cancellationToken
    ) =>
        new Deadline(options.ConnectTimeout, options.Time).RunAsync(
            Awaited.Connection,
            token => DialAsync(target, options, token),
            cancellationToken
        );

    /// <summary>Reaches a target.</summary>
    internal static Task<Either<ClientError, Stream>> DialAsync(
        Target target,
        ClientOptions options,
        CancellationToken cancellationToken
    ) =>
        target.Match(
            tcp: tcp => DialAsync(tcp.Server, target, NewSocket, cancellationToken),
            tls: async tls =>
            {
                var dialled = await DialAsync(tls.Server, target, NewSocket, cancellationToken)
                    .ConfigureAwait(false);
                return dialled.IsLeft
                    ? dialled
                    : await SecureAsync((Stream)dialled, tls, options.Tls, cancellationToken)
                        .ConfigureAwait(false);
            },
            unix: unix =>
                CallAsync(
                    target,
                    new UnixDomainSocketEndPoint(unix.Path),
                    static () => new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified),
                    cancellationToken
                )
        );

    /// <summary>Finds the host and tries its addresses, one after the other, until one answers.</summary>
    internal static async Task<Either<ClientError, Stream>> DialAsync(
        ServerAddress server,
        Target target,
        Func<AddressFamily, Socket> newSocket,
        CancellationToken cancellationToken
    )
    {
        var found = await ResolveAsync(server, cancellationToken).ConfigureAwait(false);
        Either<ClientError, Stream> dialled = found.Match(
            Left: static error => error,
            Right: _ => new ClientError.NotResolved(server, SocketError.NoData)
        );
        foreach (var address in found.IfLeft([]))
        {
            dialled = await CallAsync(
                    target,
                    new IPEndPoint(address, server.Port),
                    () => newSocket(address.AddressFamily),
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (dialled.IsRight)
            {
                break;
            }
        }

        return dialled;
    }

    /// <summary>All addresses of a host. An address is its own, and nobody is asked.</summary>
    internal static async Task<Either<ClientError, IPAddress[]>> ResolveAsync(
        ServerAddress server,
        CancellationToken cancellationToken
    )
    {
        if (IPAddress.TryParse(server.Host, out var itself))
        {
            return new[] { itself };
        }

        try
        {
            var found = await Dns.GetHostAddressesAsync(server.Host, cancellationToken).ConfigureAwait(false);
            return found.Length > 0 ? found : new ClientError.NotResolved(server, SocketError.NoData);
        }
        catch (SocketException unknown)
        {
            return new ClientError.NotResolved(server, unknown.SocketErrorCode);
        }
    }

    private static async Task<Either<ClientError, Stream>> CallAsync(
        Target target,
        EndPoint endPoint,
        Func<Socket> newSocket,
        CancellationToken cancellationToken
    )
    {
        var opened = Option<Socket>.None;
        var kept = false;
        try
        {
            var socket = newSocket();
            opened = socket;
            if (socket.ProtocolType == ProtocolType.Tcp)
            {
                // A request never waits for Nagle: it is written whole.
                socket.NoDelay = true;
            }

            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            kept = !IsSelf(socket);
            return kept
                ? new NetworkStream(socket, ownsSocket: true)
                : new ClientError.ConnectedToSelf(target);
        }
        catch (SocketException failed)
        {
            return new ClientError.NotConnected(target, failed.SocketErrorCode);
        }
        finally
        {
            opened.Filter(_ => !kept).Iter(static socket => socket.Dispose());
        }
    }

    private static async Task<Either<ClientError, Stream>> SecureAsync(
        Stream connection,
        Target.Tls target,
        SslClientAuthenticationOptions options,
        CancellationToken cancellationToken
    )
    {
        var secured = new SslStream(connection);
        var kept = false;
        try
        {
            await secured
                .AuthenticateAsClientAsync(TlsOptions.For(target.Name, options), cancellationToken)
                .ConfigureAwait(false);
            kept = true;
            return secured;
        }
        catch (Exception failed) when (failed is AuthenticationException or IOException)
        {
            return new ClientError.NotTrusted(target, (failed.InnerException ?? failed).Message.TrimEnd('.'));
        }
        finally
        {
            if (!kept)
            {
                await secured.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static bool IsSelf(Socket socket) =>
        socket.AddressFamily != AddressFamily.Unix && Equals(socket.LocalEndPoint, socket.RemoteEndPoint);

    private static Socket NewSocket(AddressFamily family) => new(family, SocketType.Stream, ProtocolType.Tcp);
}
