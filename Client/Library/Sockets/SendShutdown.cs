using System.Net.Security;
using System.Net.Sockets;
using TinyTcp.Client.Connections;

namespace TinyTcp.Client.Sockets;

/// <summary>Ends sending on a connection. The server's replies can still be received (S-2).</summary>
internal static class SendShutdown
{
    /// <summary>Sends a FIN, or TLS's close notification. Has no effect on another kind of stream.</summary>
    internal static async Task ShutdownSendAsync(this Stream stream, CancellationToken cancellationToken)
    {
        if (stream is NetworkStream network)
        {
            network.Socket.Shutdown(SocketShutdown.Send);
        }
        else if (stream is RecordedStream recorded)
        {
            await recorded.ShutdownSendAsync(cancellationToken).ConfigureAwait(false);
        }
        else if (stream is SslStream tls)
        {
            await tls.ShutdownAsync().WaitOrAbandonAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
