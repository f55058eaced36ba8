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
            return WatchConnecting((int)begun);
        }

        budget.Release();
        return DescriptorBudget.Explain((IoError)begun);
    }

    /// <inheritdoc/>
    public EndPoint GetLocalEndPoint(int connection) => SocketEndPoints.GetLocal(slots[connection]);

    /// <summary>Watches for the end of an attempt: then the descriptor is writable.</summary>
    private Either<IoError, int> WatchConnecting(int descriptor)
    {
        var connection = slots.Add(descriptor);
        if (epoll.Control(Libc.EpollCtlAdd, descriptor, Libc.EpollOut, connection, WatchKind.Connecting))
        {
            return connection;
        }

        var error = Errno.ToError(Errno.Last);
        Close(connection);
        return error;
    }

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
