using System.Globalization;
using System.Net;
using LanguageExt;

namespace TinyTcp.Client;

/// <summary>Where a server is: a host and a port that can be tried. Only valid ones exist.</summary>
public sealed record ServerAddress
{
    // What the system's resolver takes at most.
    private const int LongestHost = 254;

    private ServerAddress(string host, int port)
    {
        Host = host;
        Port = port;
    }

    /// <summary>A host name or an IP address, without brackets: visible ASCII only, as the resolver takes it.</summary>
    public string Host { get; }

    /// <summary>1 to 65535: a client may be given any.</summary>
    public int Port { get; }

    /// <summary>Checks a host and a port.</summary>
    /// <param name="host">A host name, an IPv4 address, or an IPv6 address with or without brackets.</param>
    /// <param name="port">1 to 65535.</param>
    /// <returns>The address, or which of the two is wrong.</returns>
    public static Either<ClientError, ServerAddress> From(string host, int port)
    {
        ArgumentNullException.ThrowIfNull(host);
        var name = host is ['[', .. var bracketed, ']'] && IsIPv6(bracketed) ? bracketed : host;
        return !IsHost(name)
                ? new ClientError.BadArgument("host", host, "a host name, or an IP address such as 127.0.0.1")
            : port is < 1 or > IPEndPoint.MaxPort ? BadPort(port.ToString(CultureInfo.InvariantCulture))
            : new ServerAddress(name, port);
    }

    /// <summary>The same for a port in writing.</summary>
    /// <param name="host">A host name or an IP address.</param>
    /// <param name="port">Decimal digits.</param>
    /// <returns>The address, or which of the two is wrong.</returns>
    public static Either<ClientError, ServerAddress> From(string host, string port) =>
        int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? From(host, number)
            : BadPort(port);

    /// <summary>The same port at an address of the host's.</summary>
    internal ServerAddress At(IPAddress address) => new(address.ToString(), Port);

    /// <summary>Host and port as they stand in a transcript's CONNECT line.</summary>
    /// <returns>Such as <c>127.0.0.1:40000</c> or <c>[::1]:40000</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}"
        );

    private static ClientError.BadArgument BadPort(string given) =>
        new("port", given, $"a whole number from 1 to {IPEndPoint.MaxPort}");

    // 0.0.0.0 and :: mean "every address": a place to listen, not one to call.
    private static bool IsHost(string name) =>
        name.Length is > 0 and <= LongestHost
        && name.All(static letter => letter is > ' ' and <= '~' and not ('[' or ']'))
        && (IsIPv6(name) || !name.Contains(':', StringComparison.Ordinal))
        && !(
            IPAddress.TryParse(name, out var address)
            && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        );

    private static bool IsIPv6(string name) =>
        name.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(name, out _);
}
