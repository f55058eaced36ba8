using System.Net.Security;

namespace TinyTcp.Client.Sockets;

/// <summary>The TLS options of one connection.</summary>
internal static class TlsOptions
{
    /// <summary>Creates them, and sets the host's name unless the caller has set one.</summary>
    internal static SslClientAuthenticationOptions Create(
        Func<SslClientAuthenticationOptions> createOptions,
        string host
    )
    {
        var options = createOptions();
        options.TargetHost = string.IsNullOrEmpty(options.TargetHost) ? host : options.TargetHost;
        return options;
    }
}
