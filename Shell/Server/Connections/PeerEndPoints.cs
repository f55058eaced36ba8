using System.Net;
using TinyTcp.Systems;

namespace TinyTcp.Server.Connections;

/// <summary>
/// The peer's address of each connection, where the log or a limit needs it. The system is asked once, because it does not
/// know the address of a lost connection.
/// </summary>
/// <param name="isNeeded">Whether the address of a new connection is needed.</param>
internal sealed class PeerEndPoints(Func<bool> isNeeded)
{
    private readonly Dictionary<int, EndPoint> known = [];

    /// <summary>A connection's peer; <see cref="ISystem.UnknownEndPoint"/> if it was not needed.</summary>
    public EndPoint this[int id] => known.GetValueOrDefault(id, ISystem.UnknownEndPoint);

    /// <summary>Adds a connection.</summary>
    /// <returns>Its peer.</returns>
    public EndPoint Add<TSystem>(int id, TSystem system)
        where TSystem : ISystem =>
        isNeeded() ? known[id] = system.GetRemoteEndPoint(id) : ISystem.UnknownEndPoint;

    /// <summary>Removes a connection.</summary>
    /// <returns>Its peer.</returns>
    public EndPoint Remove(int id) => known.Remove(id, out var peer) ? peer : ISystem.UnknownEndPoint;
}
