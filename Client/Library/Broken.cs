using System.Net.Sockets;

namespace TinyTcp.Client;

/// <summary>Names for the ways in which a stream breaks.</summary>
internal static class Broken
{
    /// <summary>What the system says of it, without the wrapping of the stream that met it.</summary>
    internal static string Words(IOException broken) =>
        broken.InnerException is SocketException socket
            ? new SocketException(socket.ErrorCode).Message
            : broken.Message;

    /// <summary>Whether it is only that a stream's time for a read or a write is over.</summary>
    internal static bool IsLate(IOException broken) =>
        broken.InnerException is SocketException { SocketErrorCode: SocketError.TimedOut };
}
