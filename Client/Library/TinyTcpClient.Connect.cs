using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;

namespace TinyTcp.Client;

/// <content>How a conversation begins.</content>
public sealed partial class TinyTcpClient
{
    /// <summary>Connects and waits for the greeting, with the default options.</summary>
    /// <param name="host">A host name or an IP address; a name's addresses are tried in turn.</param>
    /// <param name="port">1 to 65535.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A client that has been greeted, or why there is none.</returns>
    public static Task<Either<ClientError, TinyTcpClient>> ConnectAsync(
        string host,
        int port,
        CancellationToken cancellationToken = default
    ) => ConnectAsync(host, port, ClientOptions.Default, cancellationToken);

    /// <summary>Connects and waits for the greeting.</summary>
    /// <param name="host">A host name or an IP address; a name's addresses are tried in turn.</param>
    /// <param name="port">1 to 65535.</param>
    /// <param name="options">How long to wait, how much to read, who looks on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A client that has been greeted, or why there is none.</returns>
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

    /// <summary>Connects and waits for the greeting.</summary>
    /// <param name="endPoint">How the server is reached; a name's addresses are tried in turn.</param>
    /// <param name="options">How long to wait, how much to read, who looks on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A client that has been greeted, or why there is none.</returns>
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

        return await ((TinyTcpClient)created).ConnectAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A client that connects when it is first asked for something.</summary>
    /// <param name="endPoint">How the server is reached; a name's addresses are tried in turn.</param>
    /// <param name="options">How long to wait, how much to read, who looks on, and whether to connect again.</param>
    /// <returns>The client, or which of the options is wrong.</returns>
    public static Either<ClientError, TinyTcpClient> Create(ServerEndPoint endPoint, ClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        ArgumentNullException.ThrowIfNull(options);
        var wrong = options.Validate();
        if (wrong.IsSome)
        {
            return (ClientError)wrong;
        }

        var metrics = new ClientMetrics(options);
        return new TinyTcpClient(
            new ConnectionManager(
                endPoint,
                token => DialAsync(endPoint, options, metrics, token),
                options,
                metrics
            ),
            options
        );
    }

    /// <summary>Waits for the greeting on a connection that is there already; no other follows it.</summary>
    /// <param name="stream">
    /// Any connection. The client closes it, also where there is no greeting. Its reads and writes must end when they are
    /// cancelled, and must report what breaks as an <see cref="IOException"/>.
    /// </param>
    /// <param name="options">How long to wait, how much to read, who looks on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A client that has been greeted, or why there is none.</returns>
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

        var once = options with { Reconnect = default };
        var manager = new ConnectionManager(
            default,
            token => GreetedStream.OpenAsync(stream, once, token),
            once,
            new ClientMetrics(once)
        );
        return await new TinyTcpClient(manager, once).ConnectAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for the greeting; without one, disposes this client.</summary>
    private async Task<Either<ClientError, TinyTcpClient>> ConnectAsync(CancellationToken cancellationToken)
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
        CancellationToken cancellationToken
    )
    {
        var since = options.TimeProvider.GetTimestamp();
        var dialled = await Dialer
            .DialWithTimeoutAsync(endPoint, options, cancellationToken)
            .ConfigureAwait(false);
        var greeted = dialled.IsLeft
            ? (ClientError)dialled
            : await GreetedStream
                .OpenAsync((Stream)dialled, options, cancellationToken)
                .ConfigureAwait(false);
        metrics.ConnectCompleted(since, greeted.IsLeft ? (ClientError)greeted : Option<ClientError>.None);
        return greeted;
    }
}
