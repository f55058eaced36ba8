using System.Net.Sockets;

namespace TinyTcp.Client.Connections;

/// <summary>Texts for how a stream ended.</summary>
internal static class StreamErrors
{
    /// <summary>The stream ended in order.</summary>
    internal const string ClosedByServer = "closed by the server";

    /// <summary>The message of the innermost exception, without a final period; of a socket error, the system's.</summary>
    internal static string MessageOf(Exception exception) =>
        (
            exception.GetBaseException() is SocketException socket
                ? new SocketException(socket.ErrorCode)
                : exception.GetBaseException()
        ).Message.TrimEnd('.');
}
