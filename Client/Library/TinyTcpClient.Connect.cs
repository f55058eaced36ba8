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

        cancellationToken.ThrowIfCancellationRequested();
        var client = (TinyTcpClient)created;
        var connected = false;
        try
        {
            var first = await client
                .connectionManager.GetConnectionAsync()
                .WaitAsync(cancellationToken)
                .ConfigureAwait(false);
            connected = first.IsRight;
            return first.Map(_ => client);
        }
        finally
        {
            if (!connected)
            {
                await client.DisposeAsync().ConfigureAwait(false);
            }
        }
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
            new ConnectionManager(token => DialAsync(endPoint, options, metrics, token), options),
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
        var opened = await Connection
            .OpenAsync(stream, once, new ClientMetrics(once), cancellationToken)
            .ConfigureAwait(false);
        return opened.Map(connection => new TinyTcpClient(
            ConnectionManager.ForConnection(connection, once),
            once
        ));
    }

    private static async Task<Either<ClientError, Connection>> DialAsync(
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
        var opened = dialled.IsLeft
            ? (ClientError)dialled
            : await Connection
                .OpenAsync((Stream)dialled, options, metrics, cancellationToken)
                .ConfigureAwait(false);
        metrics.ConnectCompleted(since, opened.IsLeft ? (ClientError)opened : Option<ClientError>.None);
        return opened;
    }
}
