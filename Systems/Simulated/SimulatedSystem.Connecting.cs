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

        var connection = Add(PeerAt(endPoint));
        connecting.Add(connection);
        trace.Add($"{connection} connects");
        return connection;
    }

    /// <inheritdoc/>
    public EndPoint GetRemoteEndPoint(int connection) =>
        new IPEndPoint(slots[connection].Address, connection);

    /// <inheritdoc/>
    public EndPoint GetLocalEndPoint(int connection) =>
        slots[connection].IsSelf
            ? GetRemoteEndPoint(connection)
            : new IPEndPoint(IPAddress.IPv6Loopback, connection);

    private bool Connected(int connection, out IoEvent ioEvent)
    {
        var error = NextError(SimulatedCall.Connect);
        return error.IsSome
            ? Report(
                $"{connection} not connected",
                IoEvent.ConnectionLost(connection, (IoError)error),
                out ioEvent
            )
            : Report($"{connection} connected", IoEvent.Connected(connection), out ioEvent);
    }
}
