using System.Net.Sockets;

namespace TinyTcp.Systems.Portable;

/// <summary>.NET's socket errors and what they mean.</summary>
internal static class SocketErrors
{
    /// <summary>Whether the call would have blocked or a signal interrupted it. That is no failure.</summary>
    internal static bool IsWouldBlock(SocketError error) =>
        error is SocketError.WouldBlock or SocketError.IOPending or SocketError.Interrupted;

    /// <summary>Whether a connect goes on. That is no failure.</summary>
    internal static bool IsInProgress(SocketError error) =>
        IsWouldBlock(error) || error == SocketError.InProgress;

    /// <summary>A socket's pending error (SO_ERROR).</summary>
    internal static SocketError GetPending(Socket socket) =>
        (SocketError)(int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;

    /// <summary>The error in the terms of this library.</summary>
    internal static IoError ToError(SocketError error) =>
        new(KindOf(error), (int)error, error.ToString(), error);

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
