using System.Net;
using LanguageExt;

namespace TinyTcp.Systems.Simulated;

/// <content>Connections that a server accepts.</content>
public sealed partial class SimulatedSystem
{
    /// <inheritdoc/>
    public EndPoint GetPeer(int socket) => new IPEndPoint(listener.Find(socket).Address, socket);

    /// <inheritdoc/>
    public Either<IoError, int> Adopt(int socket)
    {
        var error = NextError(SimulatedCall.Adopt);
        if (error.IsSome)
        {
            Discard(socket);
            return (IoError)error;
        }

        var connection = Add(listener.Take(socket));
        trace.Add($"{connection} adopts socket {socket}");
        return connection;
    }

    /// <inheritdoc/>
    public void Discard(int socket)
    {
        trace.Add($"socket {socket} discarded");
        listener.Take(socket).DeliverClose();
    }

    /// <inheritdoc/>
    public Option<IoError> SetAccepting(bool enabled)
    {
        if (!hasListener)
        {
            return default;
        }

        var error = enabled ? NextError(SimulatedCall.Listen) : default;
        trace.Add(
            error.IsSome ? "accept on failed"
            : enabled ? "accept on"
            : "accept off"
        );
        accepting = enabled && error.IsNone;
        return error;
    }

    /// <inheritdoc/>
    public void CloseListeners()
    {
        trace.Add("listeners closed");
        if (hasListener)
        {
            listener.Close();
        }
    }

    private bool Accept(out IoEvent ioEvent)
    {
        var error = NextError(SimulatedCall.Accept);
        if (error.IsSome)
        {
            return Report("accept failed", IoEvent.AcceptFailed((IoError)error), out ioEvent);
        }

        var socket = listener.Accept();
        return Report($"socket {socket} accepted", IoEvent.Accepted(socket), out ioEvent);
    }
}
