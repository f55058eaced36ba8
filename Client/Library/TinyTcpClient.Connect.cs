using LanguageExt;

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
        var server = ServerAddress.From(host, port);
        return server.IsLeft
            ? (ClientError)server
            : await ConnectAsync((ServerAddress)server, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Connects and waits for the greeting.</summary>
    /// <param name="server">Where the server is; a name's addresses are tried in turn.</param>
    /// <param name="options">How long to wait, how much to read, who looks on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A client that has been greeted, or why there is none.</returns>
    public static async Task<Either<ClientError, TinyTcpClient>> ConnectAsync(
        ServerAddress server,
        ClientOptions options,
        CancellationToken cancellationToken = default
    )
    {
        var wrong = options.Check();
        if (wrong.IsSome)
        {
            return (ClientError)wrong;
        }

        var dialled = await new Deadline(options.ConnectTimeout, options.Time)
            .RunAsync(Awaited.Connection, token => Dialer.DialAsync(server, token), cancellationToken)
            .ConfigureAwait(false);
        return dialled.IsLeft
            ? (ClientError)dialled
            : await OpenAsync((Stream)dialled, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for the greeting on a connection that is there already.</summary>
    /// <param name="stream">
    /// Any connection, such as TLS. The client closes it, also where there is no greeting. Its reads and writes must
    /// end when they are cancelled, and must report what breaks as an <see cref="IOException"/>.
    /// </param>
    /// <param name="options">How long to wait, how much to read, who looks on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A client that has been greeted, or why there is none.</returns>
    public static async Task<Either<ClientError, TinyTcpClient>> OpenAsync(
        Stream stream,
        ClientOptions options,
        CancellationToken cancellationToken = default
    )
    {
        var greeted = false;
        try
        {
            var opened = await GreetAsync(stream, options, cancellationToken).ConfigureAwait(false);
            greeted = opened.IsRight;
            return opened;
        }
        finally
        {
            if (!greeted)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task<Either<ClientError, TinyTcpClient>> GreetAsync(
        Stream stream,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        var wrong = options.Check();
        if (wrong.IsSome)
        {
            return (ClientError)wrong;
        }

        var begun = new Conversation(stream, options);
        var greeting = await new Deadline(options.ReplyTimeout, options.Time)
            .RunAsync(Awaited.Greeting, begun.GreetAsync, cancellationToken)
            .ConfigureAwait(false);
        return greeting.Map(text => new TinyTcpClient(begun, options, text));
    }
}
