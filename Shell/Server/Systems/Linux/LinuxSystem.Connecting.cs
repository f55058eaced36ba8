using System.Net;
using LanguageExt;

namespace TinyTcp.Systems.Linux;

/// <content>Connections that the loop asks for.</content>
internal readonly partial struct LinuxSystem
{
    /// <inheritdoc/>
    public Either<Fault, int> Connect(EndPoint endPoint)
    {
        if (!descriptors.TryTake())
        {
            return Descriptors.Explain(Errno.NoDescriptor);
        }

        var begun = Calling.Begin(endPoint);
        if (begun.IsRight)
        {
            return Follow((int)begun);
        }

        descriptors.GiveBack();
        return Descriptors.Explain((Fault)begun);
    }

    /// <summary>Watches for the end of an attempt: then there is room for sending.</summary>
    private Either<Fault, int> Follow(int descriptor)
    {
        var connection = numbers.Take(descriptor);
        if (epoll.Control(Libc.EpollCtlAdd, descriptor, Libc.EpollOut, connection, Way))
        {
            return connection;
        }

        var fault = Errno.ToFault(Errno.Last);
        Close(connection);
        return fault;
    }

    private bool TryConnected(int connection, out Happening happening)
    {
        epoll.Next();
        var error = Calling.ErrorOf(numbers[connection]);
        if (error == 0)
        {
            AwaitBytes(connection);
        }

        happening =
            error == 0 ? Happening.Connected(connection) : Happening.Lost(connection, Errno.ToFault(error));
        return true;
    }
}
