using System.Collections.Immutable;
using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;

namespace TinyTcp.Client;

/// <summary>Name resolution of server end points.</summary>
public static class ServerEndPointExtensions
{
    /// <summary>
    /// Resolves the host to all its addresses, for a caller that needs each of them: a client that connects uses the first one
    /// that accepts.
    /// </summary>
    /// <param name="endPoint">The server.</param>
    /// <param name="options">The clock, and <see cref="ClientOptions.ConnectTimeout"/>, the limit of the resolution.</param>
    /// <param name="cancellationToken">Cancels the resolution and its task.</param>
    /// <returns>
    /// One end point per address, at least one, in the order of the system's resolver. TLS still checks the certificate for the
    /// host's name. A path or an IP address gives itself. Or the error: an invalid option, or a failed resolution.
    /// </returns>
    public static Task<Either<ClientError, ImmutableArray<ServerEndPoint>>> ResolveAsync(
        this ServerEndPoint endPoint,
        ClientOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        ArgumentNullException.ThrowIfNull(options);
        return options
            .Validate()
            .Match(
                Some: static wrong => Task.FromResult(ClientResult(wrong)),
                None: () => ResolveEndPointsAsync(endPoint, options, cancellationToken)
            );
    }

    private static Either<ClientError, ImmutableArray<ServerEndPoint>> ClientResult(ClientError error) =>
        error;

    private static Task<Either<ClientError, ImmutableArray<ServerEndPoint>>> ResolveEndPointsAsync(
        ServerEndPoint endPoint,
        ClientOptions options,
        CancellationToken cancellationToken
    ) =>
        endPoint.Match(
            tcp: tcp =>
                ResolveHostAsync(tcp.Server, at => tcp with { Server = at }, options, cancellationToken),
            tls: tls => ResolveHostAsync(tls.Server, tls.WithAddress, options, cancellationToken),
            unix: static unix =>
                Task.FromResult<Either<ClientError, ImmutableArray<ServerEndPoint>>>(
                    ImmutableArray.Create<ServerEndPoint>(unix)
                )
        );

    private static async Task<Either<ClientError, ImmutableArray<ServerEndPoint>>> ResolveHostAsync(
        HostPort server,
        Func<HostPort, ServerEndPoint> createEndPoint,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        var resolved = await Deadline
            .RunConnectAsync(options, token => HostResolver.ResolveAsync(server, token), cancellationToken)
            .ConfigureAwait(false);
        return resolved.Map(addresses =>
            addresses.Select(address => createEndPoint(server.WithAddress(address))).ToImmutableArray()
        );
    }
}
