using System.Net;
using LanguageExt;

namespace TinyTcp.Systems;

/// <summary>A system that can also open connections, as a client's loop needs.</summary>
public interface IConnectingSystem : ISystem
{
    /// <summary>
    /// Begins to connect. The outcome is reported by one event: <see cref="IoEventKind.Connected"/> or
    /// <see cref="IoEventKind.ConnectionLost"/>.
    /// </summary>
    /// <param name="endPoint">An IPv4, IPv6 or Unix domain address.</param>
    /// <returns>The connection's slot, or why the attempt could not begin.</returns>
    Either<IoError, int> Connect(EndPoint endPoint);

    /// <summary>The peer's address; <see cref="ISystem.UnknownEndPoint"/> where it has none or is lost.</summary>
    EndPoint GetRemoteEndPoint(int connection);

    /// <summary>The connection's local address; <see cref="ISystem.UnknownEndPoint"/> where it has none or is lost.</summary>
    EndPoint GetLocalEndPoint(int connection);

    /// <summary>
    /// Whether both ends of a connection have the same address and port (N-4): a client that connects to a local port
    /// may be given that very port.
    /// </summary>
    bool IsSelfConnected(int connection) =>
        GetRemoteEndPoint(connection) is var remote
        && !remote.Equals(UnknownEndPoint)
        && remote.Equals(GetLocalEndPoint(connection));
}
