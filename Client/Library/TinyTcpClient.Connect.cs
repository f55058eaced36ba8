using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;

namespace TinyTcp.Client;

/// <content>Ways to create a client.</content>
public sealed partial class TinyTcpClient
{
    /// <summary>Connects and reads the greeting, with default options.</summary>
    /// <param name="host">A host name, whose addresses are tried in parallel (RFC 8305), or an IP address.</param>
    /// <param name="port">1 to 65535.</param>
    /// <param name="cancellationToken">Cancels the task; a connect in progress is aborted.</param>
    /// <returns>The client after its greeting, or the error.</returns>
    /// <example>
    /// <code>
    /// await using var client = await TinyTcpClient.ConnectAsync("127.0.0.1", 40000).OrThrow();
    /// Console.WriteLine(await client.EchoAsync("hello").OrThrow());
    /// </code>
    /// </example>
    public static Task<Either<ClientError, TinyTcpClient>> ConnectAsync(
        string host,
        int port,
        CancellationToken cancellationToken = default
    ) => ConnectAsync(host, port, ClientOptions.Default, cancellationToken);

    /// <summary>Connects and reads the greeting.</summary>
    /// <param name="host">A host name, whose addresses are tried in parallel (RFC 8305), or an IP address.</param>
    /// <param name="port">1 to 65535.</param>
    /// <param name="options">Time-outs, limits and callbacks.</param>
    /// <param name="cancellationToken">Cancels the task; a connect in progress is aborted.</param>
    /// <returns>The client after its greeting, or the error.</returns>
    public static async Task<Either<ClientError, TinyTcpClient>> ConnectAsync(
        string host,
        int port,
        ClientOptions options,
        CancellationToken cancellationToken = default
    )
    {
        var server = HostPort.From(host, port);
        return server.IsLeft
            ? (ClientError)server
            : await ConnectAsync(new ServerEndPoint.Tcp((HostPort)server), options, cancellationToken)
                .ConfigureAwait(false);
    }

    /// <summary>Connects and reads the greeting.</summary>
    /// <param name="endPoint">The server; the addresses of a host name are tried in parallel (RFC 8305).</param>
    /// <param name="options">Time-outs, limits and callbacks.</param>
    /// <param name="cancellationToken">Cancels the task; a connect in progress is aborted.</param>
    /// <returns>The client after its greeting, or the error.</returns>
    public static async Task<Either<ClientError, TinyTcpClient>> ConnectAsync(
        ServerEndPoint endPoint,
        ClientOptions options,
        CancellationToken cancellationToken = default
    )
    {
        var created = Create(endPoint, options);
        if (created.IsLeft)
        {
            return created;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return await ((TinyTcpClient)created).ConnectAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Creates a client that connects with its first request.</summary>
    /// <param name="endPoint">The server; the addresses of a host name are tried in parallel (RFC 8305).</param>
    /// <param name="options">Time-outs, limits, callbacks, and whether to reconnect.</param>
    /// <returns>The client, or the error of an invalid option.</returns>
    /// <example>
    /// <code>
    /// var server = ServerEndPoint.From("tls://tinytcp.example:40000").OrThrow();
    /// var options = ClientOptions.Default with { Reconnect = Backoff.Default };
    /// await using var client = TinyTcpClient.Create(server, options).OrThrow();
    /// var time = await client.GetTimeAsync().OrThrow();
    /// </code>
    /// </example>
    public static Either<ClientError, TinyTcpClient> Create(ServerEndPoint endPoint, ClientOptions options) =>
        Create(endPoint, options, static _ => { });

    /// <summary>Creates a client that connects with its first request.</summary>
    /// <param name="endPoint">The server.</param>
    /// <param name="options">The options.</param>
    /// <param name="onDialled">Called before the greeting, with the time that the connect took.</param>
    internal static Either<ClientError, TinyTcpClient> Create(
        ServerEndPoint endPoint,
        ClientOptions options,
        Action<TimeSpan> onDialled
    )
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        ArgumentNullException.ThrowIfNull(options);
        var wrong = options.Validate();
        if (wrong.IsSome)
        {
            return (ClientError)wrong;
        }

        var metrics = new ClientMetrics(endPoint, options);
        return new TinyTcpClient(
            new ConnectionManager(
                endPoint,
                token => DialAsync(endPoint, options, metrics, onDialled, token),
                options,
                metrics
            ),
            endPoint,
            options
        );
    }

    /// <summary>Reads the greeting from a stream that is connected. Never reconnects.</summary>
    /// <param name="stream">
    /// A connection, which the client disposes, also on failure. Its reads and writes must end when they are cancelled.
    /// A cancelled read should return bytes that have arrived: else a reply that arrives during a pause of the process times out.
    /// </param>
    /// <param name="options">Time-outs, limits and callbacks.</param>
    /// <param name="cancellationToken">Cancels the task and disposes the stream.</param>
    /// <returns>The client after its greeting, or the error.</returns>
    public static async Task<Either<ClientError, TinyTcpClient>> AttachAsync(
        Stream stream,
        ClientOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        var wrong = options.Validate();
        if (wrong.IsSome)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            return (ClientError)wrong;
        }

        var once = options with { Reconnect = null };
        var manager = new ConnectionManager(
            default,
            token => GreetedStream.OpenAsync(stream, once, token),
            once,
            new ClientMetrics(default, once)
        );
        return await new TinyTcpClient(manager, default, once)
            .ConnectAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Waits for the greeting; on failure disposes this client.</summary>
    internal async Task<Either<ClientError, TinyTcpClient>> ConnectAsync(CancellationToken cancellationToken)
    {
        var isConnected = false;
        try
        {
            var connected = await connectionManager
                .GetConnectionAsync()
                .WaitAsync(cancellationToken)
                .ConfigureAwait(false);
            isConnected = connected.IsRight;
            return connected.Map(_ => this);
        }
        finally
        {
            if (!isConnected)
            {
                await DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task<Either<ClientError, GreetedStream>> DialAsync(
        ServerEndPoint endPoint,
        ClientOptions options,
        ClientMetrics metrics,
        Action<TimeSpan> onDialled,
        CancellationToken cancellationToken
    )
    {
        var since = options.TimeProvider.GetTimestamp();
        var dialled = await Dialer
            .DialWithTimeoutAsync(endPoint, options, cancellationToken)
            .ConfigureAwait(false);
        dialled.Iter(_ => onDialled(options.TimeProvider.GetElapsedTime(since)));
        var greeted = dialled.IsLeft
            ? (ClientError)dialled
            : await GreetedStream
                .OpenAsync((Stream)dialled, options, cancellationToken)
                .ConfigureAwait(false);
        metrics.ConnectCompleted(since, greeted.IsLeft ? (ClientError)greeted : Option<ClientError>.None);
        return greeted;
    }
}
