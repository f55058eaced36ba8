using System.Net;
using LanguageExt;

namespace TinyTcp.Systems.Simulated;

/// <content>Connections that a client opens.</content>
public sealed partial class SimulatedSystem
{
    /// <inheritdoc/>
    public Either<IoError, int> Connect(EndPoint endPoint)
    {
        var error = NextError(SimulatedCall.Connect);
        if (error.IsSome)
        {
            trace.Add("connect failed");
            return (IoError)error;
        }

        var id = Add(PeerAt(endPoint));
        connecting.Add(id);
        trace.Add($"{id} connects");
        return id;
    }

    /// <inheritdoc/>
    public EndPoint GetLocalEndPoint(int connection) =>
        slots[connection].IsSelf
            ? GetRemoteEndPoint(connection)
            : new IPEndPoint(IPAddress.IPv6Loopback, connection);

    private bool Connected(int id, out IoEvent ioEvent)
    {
        var error = NextError(SimulatedCall.Connect);
        return error.IsSome
            ? Report($"{id} not connected", IoEvent.ConnectionLost(id, (IoError)error), out ioEvent)
            : Report($"{id} connected", IoEvent.Connected(id), out ioEvent);
    }
}
