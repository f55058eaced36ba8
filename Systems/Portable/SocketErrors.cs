using System.Net.Sockets;

namespace TinyTcp.Systems.Portable;

/// <summary>.NET's socket errors, and which kind of fault each is.</summary>
internal static class SocketErrors
{
    /// <summary>Nothing to do at the moment: no error.</summary>
    internal static bool IsWouldBlock(SocketError error) =>
        error is SocketError.WouldBlock or SocketError.IOPending or SocketError.Interrupted;

    /// <summary>A connection is on its way: no error.</summary>
    internal static bool IsInProgress(SocketError error) =>
        IsWouldBlock(error) || error == SocketError.InProgress;

    /// <summary>What became of what a socket was last asked for.</summary>
    internal static SocketError Pending(Socket socket) =>
        (SocketError)(int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;

    /// <summary>The fault that an error is.</summary>
    internal static IoError ToIoError(SocketError error) => new(KindOf(error), (int)error, error.ToString());

    private static IoErrorKind KindOf(SocketError error) =>
        IsLost(error) ? IoErrorKind.ConnectionLost
        : IsExhausted(error) ? IoErrorKind.Exhausted
        : IoErrorKind.Unexpected;

    private static bool IsLost(SocketError error) =>
        error
            is SocketError.ConnectionReset
                or SocketError.ConnectionRefused
                or SocketError.ConnectionAborted
                or SocketError.Shutdown
                or SocketError.NotConnected
                or SocketError.TimedOut
                or SocketError.Disconnecting
                or SocketError.HostUnreachable
                or SocketError.NetworkUnreachable
                or SocketError.NetworkReset
                or SocketError.OperationAborted;

    private static bool IsExhausted(SocketError error) =>
        error is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable;
}
