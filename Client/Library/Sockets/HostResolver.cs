using System.Net;
using System.Net.Sockets;
using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Sockets;

/// <summary>Resolves a host to its addresses.</summary>
internal static class HostResolver
{
    /// <summary>Resolves a host by the system's resolver. An IP address resolves to itself.</summary>
    /// <returns>At least one address, each once.</returns>
    internal static Task<Either<ClientError, IPAddress[]>> ResolveAsync(
        HostPort server,
        CancellationToken cancellationToken
    ) => ResolveAsync(server, Dns.GetHostAddressesAsync, cancellationToken);

    /// <summary>Resolves a host by another resolver.</summary>
    internal static async Task<Either<ClientError, IPAddress[]>> ResolveAsync(
        HostPort server,
        Func<string, CancellationToken, Task<IPAddress[]>> resolve,
        CancellationToken cancellationToken
    )
    {
        if (IPAddress.TryParse(server.Host, out var address))
        {
            return Reachable(server, [address]);
        }

        try
        {
            // On Unix the system's resolver cannot be cancelled: the call goes on in the background.
            var addresses = await resolve(server.Host, cancellationToken)
                .WaitOrAbandonAsync(cancellationToken)
                .ConfigureAwait(false);
            return Reachable(server, addresses);
        }
        catch (Exception exception) when (StreamErrors.IsFailure(exception, cancellationToken))
        {
            return new ClientError.NameResolutionFailed(server, StreamErrors.SocketErrorOf(exception));
        }
    }

    /// <summary>
    /// The addresses that a server can have. A socket for IPv6 does not connect to an IPv4-mapped address. The unspecified
    /// address, which a DNS filter gives for a blocked name, would connect to this machine.
    /// </summary>
    private static Either<ClientError, IPAddress[]> Reachable(HostPort server, IPAddress[] addresses)
    {
        var reachable = addresses
            .Select(static address => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
            .Where(static address => !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))
            .Distinct()
            .ToArray();
        return reachable.Length > 0
            ? reachable
            : new ClientError.NameResolutionFailed(server, SocketError.NoData);
    }
}
