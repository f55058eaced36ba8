using System.Net.Sockets;

namespace TinyTcp.Client.Connections;

/// <summary>What the runtime throws from a stream, a socket, TLS or the resolver, as values.</summary>
internal static class StreamErrors
{
    /// <summary>The stream ended in order.</summary>
    internal const string ClosedByServer = "closed by the server";

    /// <summary>
    /// Whether an exception means that the operation failed: any but the cancellation that was requested. The types that TLS and
    /// the resolver throw are not documented, and some are internal; a socket throws OutOfMemoryException where the system has no
    /// memory or no epoll watch for it.
    /// </summary>
    internal static bool IsFailure(Exception exception, CancellationToken cancellationToken) =>
        exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested;

    /// <summary>The message of the innermost exception, without a final period; of a socket error, the system's.</summary>
    internal static string MessageOf(Exception exception) =>
        (
            exception.GetBaseException() is SocketException socket
                ? new SocketException(socket.ErrorCode)
                : exception.GetBaseException()
        ).Message.TrimEnd('.');

    /// <summary>The system's error; that of an operation that is not supported, if the runtime refused it.</summary>
    internal static SocketError SocketErrorOf(Exception exception) =>
        exception.GetBaseException() switch
        {
            SocketException socket => socket.SocketErrorCode,
            OutOfMemoryException => SocketError.NoBufferSpaceAvailable,
            _ => SocketError.OperationNotSupported,
        };
}
