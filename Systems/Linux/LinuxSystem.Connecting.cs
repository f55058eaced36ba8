using System.Net;
using LanguageExt;

namespace TinyTcp.Systems.Linux;

/// <content>Connections that the loop asks for.</content>
internal readonly partial struct LinuxSystem
{
    /// <inheritdoc/>
    public Either<IoError, int> Connect(EndPoint endPoint)
    {
        if (!descriptors.TryAcquire())
        {
            return DescriptorBudget.WithLimit(Errno.TooManyOpenFiles);
        }

        var begun = Connector.BeginConnect(endPoint);
        if (begun.IsRight)
        {
            return RegisterConnecting((int)begun);
        }

        descriptors.Release();
        return DescriptorBudget.WithLimit((IoError)begun);
    }

    /// <summary>Watches for the end of an attempt: then there is room for sending.</summary>
    private Either<IoError, int> RegisterConnecting(int descriptor)
    {
        var connection = numbers.Add(descriptor);
        if (epoll.Control(Libc.EpollCtlAdd, descriptor, Libc.EpollOut, connection, Way))
        {
            return connection;
        }

        IoError fault = Errno.ToIoError(Errno.Last);
        Close(connection);
        return fault;
    }

    private bool TryConnected(int connection, out IoEvent happening)
    {
        epoll.MoveNext();
        var error = Connector.PendingError(numbers[connection]);
        if (error == 0)
        {
            WatchReadable(connection);
        }

        happening =
            error == 0
                ? IoEvent.Connected(connection)
                : IoEvent.ConnectionLost(connection, Errno.ToIoError(error));
        return true;
    }
}
