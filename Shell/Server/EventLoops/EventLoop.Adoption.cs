using LanguageExt;
using TinyTcp.Server.Admission;
using TinyTcp.Systems;

namespace TinyTcp.Server.EventLoops;

/// <content>How an accepted socket becomes a connection of a loop. Without memory for it, it is closed.</content>
internal sealed partial class EventLoop<TSystem>
{
    private const int NotAdopted = -1;

    private void OnAccepted(int socket)
    {
        if (TryAdmit(socket, out var accepted) && !acceptor.TryAssignToOther(accepted))
        {
            assigned.Add();
            Adopt(accepted);
        }
    }

    private bool TryAdmit(int socket, out AcceptedSocket accepted)
    {
        try
        {
            accepted = acceptor.Admit(socket);
            return true;
        }
        catch (OutOfMemoryException)
        {
            accepted = default;
            system.Discard(socket);
            acceptor.OnFailed(IoError.OutOfMemory, clock.Monotonic);
            return false;
        }
    }

    private void AdoptAssigned()
    {
        while (assigned.TryTake(out var socket))
        {
            Adopt(socket);
        }

        acceptor.TakeReportedFailure(clock.Monotonic);
    }

    private void Adopt(in AcceptedSocket socket)
    {
        var adopted = TryAdopt(socket.Socket);
        if (adopted.IsRight)
        {
            connections.OnAccepted((int)adopted, socket);
        }
        else
        {
            Release(socket);
            acceptor.OnAdoptFailed((IoError)adopted, clock.Monotonic);
        }
    }

    /// <summary>Adopts a socket, and allocates what its connection needs.</summary>
    private Either<IoError, int> TryAdopt(int socket)
    {
        var slot = NotAdopted;
        try
        {
            var adopted = system.Adopt(socket);
            if (adopted.IsRight)
            {
                slot = (int)adopted;
                connections.Reserve(slot);
            }

            return adopted;
        }
        catch (OutOfMemoryException) when (slot == NotAdopted)
        {
            system.Discard(socket);
        }
        catch (OutOfMemoryException)
        {
            system.Close(slot);
        }

        return IoError.OutOfMemory;
    }

    private void Release(in AcceptedSocket socket)
    {
        assigned.Remove();
        if (socket.IsCounted)
        {
            limiter.Release(socket.Peer);
        }
    }

    private void DiscardAssigned()
    {
        assigned.Close();
        while (assigned.TryTake(out var socket))
        {
            system.Discard(socket.Socket);
            Release(socket);
        }
    }
}
