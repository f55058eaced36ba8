using System.Net.Sockets;

namespace TinyTcp.Systems.Portable;

/// <summary>.NET's socket errors, and which kind of fault each is.</summary>
internal static class SocketFaults
{
    /// <summary>Nothing to do at the moment: no error.</summary>
    internal static bool IsNothingYet(SocketError error) =>
        error is SocketError.WouldBlock or SocketError.IOPending or SocketError.Interrupted;

    /// <summary>A connection is on its way: no error.</summary>
    internal static bool IsUnderWay(SocketError error) =>
        IsNothingYet(error) || error == SocketError.InProgress;

    /// <summary>What became of what a socket was last asked for.</summary>
    internal static SocketError Pending(Socket socket) =>
        (SocketError)(int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;

    /// <summary>The fault that an error is.</summary>
    internal static Fault ToFault(SocketError error) => new(KindOf(error), (int)error, error.ToString());

    private static FaultKind KindOf(SocketError error) =>
        IsLost(error) ? FaultKind.ConnectionLost
        : IsExhausted(error) ? FaultKind.Exhausted
        : FaultKind.Unexpected;

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
