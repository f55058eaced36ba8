using System.Collections.Immutable;
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
    private static readonly int LongestPath =
        OperatingSystem.IsLinux() || OperatingSystem.IsWindows() ? 107 : 103;

    private Target() { }

    /// <summary>Reads a target as people write it: <c>HOST:PORT</c>, <c>tls://HOST:PORT</c> or <c>unix:PATH</c>.</summary>
    /// <param name="written">Any string. An IPv6 address stands in brackets.</param>
    /// <returns>The target, or what is wrong with it.</returns>
    public static Either<ClientError, Target> From(string written)
    {
        ArgumentNullException.ThrowIfNull(written);
        return written.StartsWith(UnixScheme, StringComparison.Ordinal) ? AtPath(written[UnixScheme.Length..])
            : written.StartsWith(TlsScheme, StringComparison.Ordinal)
                ? AtAddress(written, written[TlsScheme.Length..])
                    .Map(static server => (Target)new Tls(server))
            : AtAddress(written, written).Map(static server => (Target)new Tcp(server));
    }

    /// <summary>
    /// Finds all addresses of the host, for whoever has to know about each of them: a client that connects tries them in
    /// turn, and says nothing of those that failed before one answered.
    /// </summary>
    /// <param name="options">The clock, and <see cref="ClientOptions.ConnectTimeout"/>, within which they are found.</param>
    /// <param name="cancellationToken">Gives up; then the task is cancelled.</param>
    /// <returns>
    /// A target for each, at least one, in the order of the system. TLS goes on to ask for the host's own name. What needs
    /// no finding, a path or an address, is its own. Or why there is none, or which of the options is wrong.
    /// </returns>
    public Task<Either<ClientError, ImmutableArray<Target>>> ResolveAsync(
        ClientOptions options,
        CancellationToken cancellationToken = default
    ) =>
        options
            .Check()
            .Match(
                Some: static wrong => Task.FromResult<Either<ClientError, ImmutableArray<Target>>>(wrong),
                None: () => AllAsync(options, cancellationToken)
            );

    /// <summary>One function for each case; exactly one is called.</summary>
    public T Match<T>(Func<Tcp, T> tcp, Func<Tls, T> tls, Func<Unix, T> unix) =>
        Choose(new Cases<T>(tcp, tls, unix));

    /// <summary>The target as <see cref="From"/> reads it, where TLS asks for the name of the host that is called.</summary>
    public sealed override string ToString() =>
        Match(
            tcp: static tcp => tcp.Server.ToString(),
            tls: static tls => $"{TlsScheme}{tls.Server}",
            unix: static unix => $"{UnixScheme}{unix.Path}"
        );

    private protected abstract T Choose<T>(Cases<T> cases);

    private static Either<ClientError, Target> AtPath(string path) =>
        path.Length > 0
        && Encoding.UTF8.GetByteCount(path) <= LongestPath
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
        return colon >= 0 && IsWhole(address[..colon])
            ? ServerAddress.From(address[..colon], address[(colon + 1)..])
            : new ClientError.BadArgument("target", written, "HOST:PORT, tls://HOST:PORT or unix:PATH");
    }

    // Without its brackets nobody can tell where an IPv6 address ends.
    private static bool IsWhole(string host) =>
        host is ['[', .., ']'] || !host.Contains(':', StringComparison.Ordinal);

    private Task<Either<ClientError, ImmutableArray<Target>>> AllAsync(
        ClientOptions options,
        CancellationToken cancellationToken
    ) =>
        Match(
            tcp: tcp => AllOfAsync(tcp.Server, at => tcp with { Server = at }, options, cancellationToken),
            tls: tls => AllOfAsync(tls.Server, tls.At, options, cancellationToken),
            unix: static unix =>
                Task.FromResult<Either<ClientError, ImmutableArray<Target>>>(
                    ImmutableArray.Create<Target>(unix)
                )
        );

    private static async Task<Either<ClientError, ImmutableArray<Target>>> AllOfAsync(
        ServerAddress server,
        Func<ServerAddress, Target> at,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        var found = await Deadline
            .RunAsync(
                options.ConnectTimeout,
                options.Time,
                Awaited.Connection,
                token => Dialer.ResolveAsync(server, token),
                cancellationToken
            )
            .ConfigureAwait(false);
        return found.Map(addresses =>
            addresses.Distinct().Select(address => at(server.At(address))).ToImmutableArray()
        );
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
        /// <summary>Host and port.</summary>
        public ServerAddress Server { get; private init; } = Server;

        /// <summary>The name that the certificate has to have: the host's, also where one of its addresses is called.</summary>
        public string Name { get; } = Server.Host;

        /// <summary>The same host at one of its addresses.</summary>
        internal Tls At(ServerAddress address) => this with { Server = address };

        private protected override T Choose<T>(Cases<T> cases) => cases.Tls(this);
    }

    /// <summary>Over a socket in the file system.</summary>
    public sealed record Unix : Target
    {
        internal Unix(string path) => Path = path;

        /// <summary>Its path: 1 to 107 bytes without NUL, or 103 where neither Linux nor Windows is.</summary>
        public string Path { get; }

        private protected override T Choose<T>(Cases<T> cases) => cases.Unix(this);
    }

    private protected sealed record Cases<T>(Func<Tcp, T> Tcp, Func<Tls, T> Tls, Func<Unix, T> Unix);
}
