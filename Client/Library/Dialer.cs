using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using LanguageExt;

namespace TinyTcp.Client;

/// <summary>From a target to a stream, and to the end of sending: the only place that knows of sockets.</summary>
internal static class Dialer
{
    /// <summary>Reaches a target, or gives up after <see cref="ClientOptions.ConnectTimeout"/>.</summary>
    internal static Task<Either<ClientError, Stream>> DialInTimeAsync(
        Target target,
        ClientOptions options,
        CancellationToken cancellationToken
    ) =>
        Deadline.RunAsync(
            options.ConnectTimeout,
            options.Time,
            Awaited.Connection,
            token => DialAsync(target, options, token),
            cancellationToken
        );

    private static Task<Either<ClientError, Stream>> DialAsync(
        Target target,
        ClientOptions options,
        CancellationToken cancellationToken
    ) =>
        target.Match(
            tcp: tcp => DialAsync(tcp.Server, target, options, NewSocket, cancellationToken),
            tls: async tls =>
            {
                var dialled = await DialAsync(tls.Server, target, options, NewSocket, cancellationToken)
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
        ClientOptions options,
        Func<AddressFamily, Socket> newSocket,
        CancellationToken cancellationToken
    )
    {
        var since = options.Time.GetTimestamp();
        var found = await ResolveAsync(server, cancellationToken).ConfigureAwait(false);
        return found.IsLeft
            ? (ClientError)found
            : await InTurnAsync(
                    (IPAddress[])found,
                    options,
                    since,
                    (address, token) =>
                        CallAsync(
                            target,
                            new IPEndPoint(address, server.Port),
                            () => newSocket(address.AddressFamily),
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
    /// <param name="since">When that time began, by the clock's timestamp.</param>
    /// <param name="call">Tries one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the first gave that answered, or why the last did not.</returns>
    internal static async Task<Either<ClientError, T>> InTurnAsync<T>(
        IPAddress[] addresses,
        ClientOptions options,
        long since,
        Func<IPAddress, CancellationToken, Task<Either<ClientError, T>>> call,
        CancellationToken cancellationToken
    )
    {
        for (var turn = 0; turn < addresses.Length - 1; turn++)
        {
            var address = addresses[turn];
            var left = options.ConnectTimeout - options.Time.GetElapsedTime(since);
            var called = await Deadline
                .RunAsync(
                    Share(left, addresses.Length - turn),
                    options.Time,
                    Awaited.Connection,
                    token => call(address, token),
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (called.IsRight)
            {
                return called;
            }
        }

        return await call(addresses[^1], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The share of the next of so many addresses in the time that is left, if any is.</summary>
    internal static TimeSpan Share(TimeSpan left, int addresses) =>
        TimeSpan.FromTicks(Math.Max(0, left.Ticks / addresses));

    /// <summary>All addresses of a host, at least one. An address is its own, and nobody is asked.</summary>
    internal static Task<Either<ClientError, IPAddress[]>> ResolveAsync(
        ServerAddress server,
        CancellationToken cancellationToken
    ) => ResolveAsync(server, Dns.GetHostAddressesAsync, cancellationToken);

    /// <summary>The same with another way to ask.</summary>
    internal static async Task<Either<ClientError, IPAddress[]>> ResolveAsync(
        ServerAddress server,
        Func<string, CancellationToken, Task<IPAddress[]>> ask,
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
            var found = await ask(server.Host, cancellationToken)
                .WaitAsync(cancellationToken)
                .ConfigureAwait(false);
            return found.Length > 0 ? found : new ClientError.NotResolved(server, SocketError.NoData);
        }
        catch (SocketException unknown)
        {
            return new ClientError.NotResolved(server, unknown.SocketErrorCode);
        }
    }

    /// <summary>Says that nothing more comes; what the server says can still be heard (S-2).</summary>
    internal static async Task FinishSendingAsync(Stream connection, CancellationToken cancellationToken)
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
        Func<SslClientAuthenticationOptions> createOptions,
        CancellationToken cancellationToken
    )
    {
        var secured = new SslStream(connection);
        var kept = false;
        try
        {
            await secured
                .AuthenticateAsClientAsync(TlsOptions.Create(createOptions, target.Name), cancellationToken)
                .ConfigureAwait(false);
            kept = true;
            return secured;
        }
        catch (Exception failed) when (failed is AuthenticationException or IOException)
        {
            return NotSecured(target, failed);
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
    internal static ClientError NotSecured(Target.Tls target, Exception failed) =>
        // What is not TLS, and what cannot be trusted, is the other exception.
        failed is IOException broken
            ? new ClientError.Lost(Awaited.Connection, Broken.Words(broken), Begun: "")
            : new ClientError.NotTrusted(target, Broken.Words(failed));

    private static bool IsSelf(Socket socket) =>
        socket.AddressFamily != AddressFamily.Unix && Equals(socket.LocalEndPoint, socket.RemoteEndPoint);

    private static Socket NewSocket(AddressFamily family) => new(family, SocketType.Stream, ProtocolType.Tcp);
}
