using System.Net;
using TinyTcp.Systems;

namespace TinyTcp.Server.Connections;

/// <summary>
/// Who is at the other end of each connection, where somebody asks: the log, or a limit of connections an address. The
/// system is asked once: of a connection that is lost it does not know any more.
/// </summary>
/// <param name="isNeeded">Whether anybody asks; if not, who comes is <see cref="ISystem.UnknownEndPoint"/>.</param>
internal sealed class PeerEndPoints(Func<bool> isNeeded)
{
    private readonly Dictionary<int, EndPoint> known = [];

    /// <summary>Who has a connection.</summary>
    public EndPoint this[int id] => known.GetValueOrDefault(id, ISystem.UnknownEndPoint);

    /// <summary>A connection came.</summary>
    public EndPoint Add<TSystem>(int id, TSystem system)
        where TSystem : ISystem =>
        isNeeded() ? known[id] = system.GetRemoteEndPoint(id) : ISystem.UnknownEndPoint;

    /// <summary>A connection is gone.</summary>
    /// <returns>Who had it.</returns>
    public EndPoint Remove(int id) => known.Remove(id, out var peer) ? peer : ISystem.UnknownEndPoint;
}
