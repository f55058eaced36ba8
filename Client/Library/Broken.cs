using System.Net.Sockets;

namespace TinyTcp.Client;

/// <summary>Names for the ways in which a stream breaks.</summary>
internal static class Broken
{
    /// <summary>What whoever met it first says of it, without the wrapping of the streams above, for a sentence.</summary>
    internal static string Words(Exception broken) =>
        (
            broken.GetBaseException() is SocketException socket
                ? new SocketException(socket.ErrorCode)
                : broken.GetBaseException()
        ).Message.TrimEnd('.');
}
