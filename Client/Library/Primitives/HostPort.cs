using System.Globalization;
using System.Net;
using LanguageExt;

namespace TinyTcp.Client.Primitives;

/// <summary>A valid host and port of a server.</summary>
public sealed record HostPort
{
    // The limit of the system's resolver.
    private const int MaxHostLength = 254;

    private HostPort(string host, int port)
    {
        Host = host;
        Port = port;
    }

    /// <summary>A host name or an IP address without brackets: visible ASCII only.</summary>
    public string Host { get; }

    /// <summary>1 to 65535.</summary>
    public int Port { get; }

    /// <summary>Validates a host and a port.</summary>
    /// <param name="host">A host name, an IPv4 address, or an IPv6 address with or without brackets.</param>
    /// <param name="port">1 to 65535.</param>
    /// <returns>The valid pair, or <see cref="ClientError.InvalidArgument"/>.</returns>
    public static Either<ClientError, HostPort> From(string host, int port)
    {
        ArgumentNullException.ThrowIfNull(host);
        var name = host is ['[', .. var bracketed, ']'] && IsIPv6(bracketed) ? bracketed : host;
        return !IsValidHost(name)
                ? new ClientError.InvalidArgument(
                    "host",
                    host,
                    "a host name, or an IP address such as 127.0.0.1"
                )
            : port is < 1 or > IPEndPoint.MaxPort ? InvalidPort(port.ToString(CultureInfo.InvariantCulture))
            : new HostPort(name, port);
    }

    /// <summary>Validates a host and a port in decimal digits.</summary>
    /// <param name="host">A host name or an IP address.</param>
    /// <param name="port">Decimal digits.</param>
    /// <returns>The valid pair, or <see cref="ClientError.InvalidArgument"/>.</returns>
    public static Either<ClientError, HostPort> From(string host, string port) =>
        int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? From(host, number)
            : InvalidPort(port);

    /// <summary>The same port at an address.</summary>
    internal HostPort WithAddress(IPAddress address) => new(address.ToString(), Port);

    /// <summary>Host and port, such as <c>127.0.0.1:40000</c> or <c>[::1]:40000</c>.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}"
        );

    private static ClientError.InvalidArgument InvalidPort(string value) =>
        new("port", value, $"a whole number from 1 to {IPEndPoint.MaxPort}");

    // 0.0.0.0 and :: are addresses to listen on, not to connect to.
    private static bool IsValidHost(string host) =>
        host.Length is > 0 and <= MaxHostLength
        && host.All(static character => character is > ' ' and <= '~' and not ('[' or ']'))
        && (IsIPv6(host) || !host.Contains(':', StringComparison.Ordinal))
        && !(
            IPAddress.TryParse(host, out var address)
            && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        );

    private static bool IsIPv6(string host) =>
        host.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(host, out _);
}
