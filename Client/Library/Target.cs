using System.Globalization;
using System.Text;
using LanguageExt;

namespace TinyTcp.Client;

/// <summary>How a server is reached: a closed union. Only what can be tried exists.</summary>
public abstract record Target
{
    private const string TlsScheme = "tls://";
    private const string UnixScheme = "unix:";

    // What the kernel's address of a Unix socket has room for, less the NUL at its end.
    private const int LongestPath = 107;

    private Target() { }

    /// <summary>Reads a target as people write it: <c>HOST:PORT</c>, <c>tls://HOST:PORT</c> or <c>unix:PATH</c>.</summary>
    /// <param name="written">Any string. An IPv6 address stands in brackets.</param>
    /// <returns>The target, or what is wrong with it.</returns>
    public static Either<ClientError, Target> From(string written) =>
        written.StartsWith(UnixScheme, StringComparison.Ordinal) ? AtPath(written[UnixScheme.Length..])
        : written.StartsWith(TlsScheme, StringComparison.Ordinal)
            ? AtAddress(written, written[TlsScheme.Length..]).Map(static server => (Target)new Tls(server))
        : AtAddress(written, written).Map(static server => (Target)new Tcp(server));

    /// <summary>One function for each case; exactly one is called.</summary>
    public T Match<T>(Func<Tcp, T> tcp, Func<Tls, T> tls, Func<Unix, T> unix) =>
        Choose(new Cases<T>(tcp, tls, unix));

    /// <summary>The target as <see cref="From"/> reads it.</summary>
    public sealed override string ToString() =>
        Match(
            tcp: static tcp => tcp.Server.ToString(),
            tls: static tls => $"{TlsScheme}{tls.Server}",
            unix: static unix => $"{UnixScheme}{unix.Path}"
        );

    private protected abstract T Choose<T>(Cases<T> cases);

    private static Either<ClientError, Target> AtPath(string path) =>
        Encoding.UTF8.GetByteCount(path) is > 0 and <= LongestPath
        && !path.Contains('\0', StringComparison.Ordinal)
            ? new Unix(path)
            : new ClientError.BadArgument(
                "path of the Unix socket",
                path,
                string.Create(CultureInfo.InvariantCulture, $"1 to {LongestPath} bytes without NUL")
            );

    private static Either<ClientError, ServerAddress> AtAddress(string written, string address)
    {
        var colon = address.LastIndexOf(':');
        return colon < 0
            ? new ClientError.BadArgument("target", written, "HOST:PORT, tls://HOST:PORT or unix:PATH")
            : ServerAddress.From(address[..colon], address[(colon + 1)..]);
    }

    /// <summary>Over TCP.</summary>
    /// <param name="Server">Host and port.</param>
    public sealed record Tcp(ServerAddress Server) : Target
    {
        private protected override T Choose<T>(Cases<T> cases) => cases.Tcp(this);
    }

    /// <summary>Over TLS: the server's certificate has to be trusted, and to name the host.</summary>
    /// <param name="Server">Host and port.</param>
    public sealed record Tls(ServerAddress Server) : Target
    {
        private protected override T Choose<T>(Cases<T> cases) => cases.Tls(this);
    }

    /// <summary>Over a socket in the file system.</summary>
    /// <param name="Path">Its path.</param>
    public sealed record Unix(string Path) : Target
    {
        private protected override T Choose<T>(Cases<T> cases) => cases.Unix(this);
    }

    private protected sealed record Cases<T>(Func<Tcp, T> Tcp, Func<Tls, T> Tls, Func<Unix, T> Unix);
}
