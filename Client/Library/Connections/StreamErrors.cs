using System.Net.Sockets;

namespace TinyTcp.Client.Connections;

/// <summary>Names for the ways in which a stream breaks.</summary>
internal static class StreamErrors
{
    /// <summary>What whoever met it first says of it, without the wrapping of the streams above, for a sentence.</summary>
    internal static string MessageOf(Exception exception) =>
        (
            exception.GetBaseException() is SocketException socket
                ? new SocketException(socket.ErrorCode)
                : exception.GetBaseException()
        ).Message.TrimEnd('.');
}
