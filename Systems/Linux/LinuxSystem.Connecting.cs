using System.Net;
using LanguageExt;

namespace TinyTcp.Systems.Linux;

/// <content>Connections that the loop opens.</content>
public readonly partial struct LinuxSystem
{
    /// <inheritdoc/>
    public Either<IoError, int> Connect(EndPoint endPoint)
    {
        if (!budget.TryAcquire())
        {
            return DescriptorBudget.Explain(Errno.TooManyOpenFiles);
        }

        var begun = Connector.Begin(endPoint);
        if (begun.IsRight)
        {
            // The descriptor is writable once the attempt has ended.
            return Add((int)begun, Libc.EpollOut, WatchKind.Connecting);
        }

        budget.Release();
        return DescriptorBudget.Explain((IoError)begun);
    }

    /// <inheritdoc/>
    public EndPoint GetRemoteEndPoint(int connection) => SocketEndPoints.GetRemote(slots[connection]);

    /// <inheritdoc/>
    public EndPoint GetLocalEndPoint(int connection) => SocketEndPoints.GetLocal(slots[connection]);

    private bool TryConnected(int connection, out IoEvent ioEvent)
    {
        epoll.MoveNext();
        var error = Connector.GetOutcome(slots[connection]);
        if (error == 0)
        {
            WatchReadable(connection);
        }

        ioEvent =
            error == 0
                ? IoEvent.Connected(connection)
                : IoEvent.ConnectionLost(connection, Errno.ToError(error));
        return true;
    }
}
