using System.Globalization;
using System.Text;
using LanguageExt;

namespace TinyTcp.Client.Primitives;

/// <summary>A valid address of a server, over TCP, TLS or a Unix socket: a closed union.</summary>
public abstract record ServerEndPoint
{
    private const string TlsScheme = "tls://";
    private const string UnixScheme = "unix:";

    // The size of sun_path without its NUL.
    private static readonly int MaxPathBytes =
        OperatingSystem.IsLinux() || OperatingSystem.IsWindows() ? 107 : 103;

    private ServerEndPoint() { }

    /// <summary>Parses <c>HOST:PORT</c>, <c>tls://HOST:PORT</c> or <c>unix:PATH</c>.</summary>
    /// <param name="text">Any string. An IPv6 address is in brackets.</param>
    /// <returns>The end point, or <see cref="ClientError.InvalidArgument"/>.</returns>
    public static Either<ClientError, ServerEndPoint> From(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith(UnixScheme, StringComparison.Ordinal) ? ParseUnix(text[UnixScheme.Length..])
            : text.StartsWith(TlsScheme, StringComparison.Ordinal)
                ? ParseHostPort(text, text[TlsScheme.Length..])
                    .Map(static server => (ServerEndPoint)new Tls(server))
            : ParseHostPort(text, text).Map(static server => (ServerEndPoint)new Tcp(server));
    }

    /// <summary>Calls the function of the case.</summary>
    public T Match<T>(Func<Tcp, T> tcp, Func<Tls, T> tls, Func<Unix, T> unix) =>
        Dispatch(new Cases<T>(tcp, tls, unix));

    /// <summary>The text that <see cref="From"/> parses; of a resolved TLS end point, its address instead of the host name.</summary>
    public sealed override string ToString() =>
        Match(
            tcp: static tcp => tcp.Server.ToString(),
            tls: static tls => $"{TlsScheme}{tls.Server}",
            unix: static unix => $"{UnixScheme}{unix.Path}"
        );

    private protected abstract T Dispatch<T>(Cases<T> cases);

    private static Either<ClientError, ServerEndPoint> ParseUnix(string path) =>
        path.Length > 0
        && Encoding.UTF8.GetByteCount(path) <= MaxPathBytes
        && !path.Contains('\0', StringComparison.Ordinal)
            ? new Unix(path)
            : new ClientError.InvalidArgument(
                "path of the Unix socket",
                path,
                string.Create(CultureInfo.InvariantCulture, $"1 to {MaxPathBytes} bytes without NUL")
            );

    private static Either<ClientError, HostPort> ParseHostPort(string text, string address)
    {
        var colon = address.LastIndexOf(':');
        return colon >= 0 && IsUnambiguousHost(address[..colon])
            ? HostPort.From(address[..colon], address[(colon + 1)..])
            : new ClientError.InvalidArgument(
                "target",
                text,
                colon < 0
                    ? $"HOST:PORT, tls://HOST:PORT or unix:PATH, such as {(address.Length > 0 ? address : "localhost")}:40000"
                    : "HOST:PORT, tls://HOST:PORT or unix:PATH, with brackets around an IPv6 address"
            );
    }

    // Without brackets, an IPv6 address and a port are ambiguous.
    private static bool IsUnambiguousHost(string host) =>
        host is ['[', .., ']'] || !host.Contains(':', StringComparison.Ordinal);

    /// <summary>TCP.</summary>
    /// <param name="Server">Host and port.</param>
    public sealed record Tcp(HostPort Server) : ServerEndPoint
    {
        private protected override T Dispatch<T>(Cases<T> cases) => cases.Tcp(this);
    }

    /// <summary>TLS: the server's certificate must be trusted and have the host's name.</summary>
    /// <param name="Server">Host and port.</param>
    public sealed record Tls(HostPort Server) : ServerEndPoint
    {
        /// <summary>Host and port.</summary>
        public HostPort Server { get; private init; } = Server;

        /// <summary>The name in the certificate: the host's, also of a resolved end point.</summary>
        public string HostName { get; } = Server.Host;

        /// <summary>The same host at one of its addresses.</summary>
        internal Tls WithAddress(HostPort address) => this with { Server = address };

        private protected override T Dispatch<T>(Cases<T> cases) => cases.Tls(this);
    }

    /// <summary>A Unix socket.</summary>
    public sealed record Unix : ServerEndPoint
    {
        internal Unix(string path) => Path = path;

        /// <summary>Its path: 1 to 107 bytes without NUL; 1 to 103 on systems other than Linux and Windows.</summary>
        public string Path { get; }

        private protected override T Dispatch<T>(Cases<T> cases) => cases.Unix(this);
    }

    private protected sealed record Cases<T>(Func<Tcp, T> Tcp, Func<Tls, T> Tls, Func<Unix, T> Unix);
}
