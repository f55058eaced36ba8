using System.Net.Security;
using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Sockets;

/// <summary>Starts TLS on a connected stream.</summary>
internal static class TlsHandshake
{
    /// <summary>Authenticates the server. Disposes the stream on failure.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="endPoint">The server; its host name must match the certificate.</param>
    /// <param name="options">The TLS options of this connection.</param>
    /// <param name="cancellationToken">Cancels the handshake.</param>
    internal static async Task<Either<ClientError, Stream>> AuthenticateAsync(
        Stream stream,
        ServerEndPoint.Tls endPoint,
        SslClientAuthenticationOptions options,
        CancellationToken cancellationToken
    )
    {
        var tlsStream = new SslStream(stream);
        var isAuthenticated = false;
        try
        {
            await tlsStream.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
            isAuthenticated = true;
            return tlsStream;
        }
        catch (Exception exception) when (StreamErrors.IsFailure(exception, cancellationToken))
        {
            var message = StreamErrors.MessageOf(exception);
            return exception is IOException
                ? new ClientError.ConnectionLost(PendingOperation.Connection, message, PartialLine: "")
                : new ClientError.TlsHandshakeFailed(endPoint, message);
        }
        finally
        {
            if (!isAuthenticated)
            {
                await tlsStream.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sets the host's name, unless the options have one.</summary>
    internal static SslClientAuthenticationOptions WithTargetHost(
        SslClientAuthenticationOptions options,
        string host
    )
    {
        options.TargetHost = string.IsNullOrEmpty(options.TargetHost) ? host : options.TargetHost;
        return options;
    }
}
