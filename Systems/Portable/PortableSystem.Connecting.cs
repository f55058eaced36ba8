using System.Net;
using System.Net.Sockets;
using LanguageExt;
using static LanguageExt.Prelude;

namespace TinyTcp.Systems.Portable;

/// <content>Connections that the loop opens.</content>
public sealed partial class PortableSystem
{
    /// <inheritdoc/>
    public Either<IoError, int> Connect(EndPoint endPoint)
    {
        Socket? socket = null;
        var error =
            Attempt(() => socket = NewSocket(endPoint))
            || Attempt(() => Prepare(socket!))
            || Attempt(() => socket!.Connect(endPoint))
                .Filter(static error => !SocketErrors.IsInProgress(error));
        if (error.IsSome)
        {
            socket?.Dispose();
            return SocketErrors.ToError((SocketError)error);
        }

        Add(socket!);
        connecting.Add(socket!);
        interests[socket!] = Interest.Output;
        return lastConnection;
    }

    /// <inheritdoc/>
    public EndPoint GetRemoteEndPoint(int connection) =>
        EndPointOf(slots[connection], static socket => socket.RemoteEndPoint);

    /// <inheritdoc/>
    public EndPoint GetLocalEndPoint(int connection) =>
        EndPointOf(slots[connection], static socket => socket.LocalEndPoint);

    private static Socket NewSocket(EndPoint endPoint)
    {
        var isUnix = endPoint.AddressFamily == AddressFamily.Unix;
        var protocol = isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp;
        return new Socket(endPoint.AddressFamily, SocketType.Stream, protocol);
    }

    /// <summary>Reports the outcome of an attempt to connect.</summary>
    private Option<IoEvent> NextConnected(Socket socket)
    {
        ready.Dequeue();
        connecting.Remove(socket);
        interests.Remove(socket);
        var outcome = SocketError.Success;
        var unknown = Attempt(() => outcome = SocketErrors.GetPending(socket));
        var error = unknown || Some(outcome).Filter(static known => known != SocketError.Success);
        return error.Match(
            Some: failed => IoEvent.ConnectionLost(connections[socket], SocketErrors.ToError(failed)),
            None: () => IoEvent.Connected(connections[socket])
        );
    }
}
