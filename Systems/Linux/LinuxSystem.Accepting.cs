using System.Net;
using LanguageExt;

namespace TinyTcp.Systems.Linux;

/// <content>Connections that others open.</content>
public readonly unsafe partial struct LinuxSystem
{
    /// <inheritdoc/>
    public int PendingConnections =>
        listeners.Sum(static listener => AcceptQueue.GetLength((int)listener.Handle));

    /// <inheritdoc/>
    public EndPoint GetPeer(int socket) => SocketEndPoints.GetRemote(socket);

    /// <inheritdoc/>
    public Either<IoError, int> Adopt(int socket) => Add(socket, Libc.EpollIn, WatchKind.Readable);

    /// <inheritdoc/>
    public void Discard(int socket)
    {
        _ = Libc.Close(socket);
        budget.Release();
    }

    /// <inheritdoc/>
    public Option<IoError> SetAccepting(bool enabled)
    {
        foreach (var listener in listeners)
        {
            var descriptor = (int)listener.Handle;
            if (!enabled)
            {
                epoll.Remove(descriptor);
            }
            else if (!WatchListener(descriptor))
            {
                var error = Errno.ToError(Errno.Last);
                SetAccepting(enabled: false);
                return error;
            }
        }

        if (!enabled)
        {
            epoll.Discard(WatchKind.Listener);
        }

        return Option<IoError>.None;
    }

    /// <inheritdoc/>
    public void CloseListeners() => listeners.ToList().ForEach(static listener => listener.Dispose());

    private bool WatchListener(int descriptor) =>
        epoll.Control(Libc.EpollCtlAdd, descriptor, Libc.EpollIn, descriptor, WatchKind.Listener);

    /// <summary>Accepts one connection. The listener stays the current event until none waits or enough are accepted.</summary>
    private bool TryAccept(int listener, out IoEvent ioEvent)
    {
        if (!budget.TryAcquire())
        {
            return TryReportExhausted(out ioEvent);
        }

        var descriptor = Libc.Accept(listener, null, null, Libc.SockNonblock | Libc.SockCloexec);
        var error = descriptor < 0 ? Errno.Last : 0;
        if (Errno.IsTooManyOpenFiles(error))
        {
            budget.OnExhausted();
        }

        if (descriptor >= 0 || Errno.IsInterrupted(error))
        {
            epoll.Repeat(AcceptsPerWait);
        }
        else
        {
            epoll.MoveNext();
        }

        var found = !Errno.IsWouldBlock(error) && !Errno.IsInterrupted(error);
        ioEvent =
            descriptor >= 0 ? IoEvent.Accepted(descriptor)
            : found ? IoEvent.AcceptFailed(DescriptorBudget.Explain(Errno.ToError(error)))
            : default;
        if (descriptor < 0)
        {
            budget.Release();
        }

        return found;
    }

    /// <summary>
    /// No descriptor is left. A pending connection cannot be accepted then; without one, the listener is the current event
    /// only because the last connection was accepted from it.
    /// </summary>
    private bool TryReportExhausted(out IoEvent ioEvent)
    {
        epoll.MoveNext();
        ioEvent = IoEvent.AcceptFailed(DescriptorBudget.Explain(Errno.TooManyOpenFiles));
        return PendingConnections > 0;
    }
}
