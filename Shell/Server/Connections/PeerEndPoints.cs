using System.Net;
using TinyTcp.Systems;

namespace TinyTcp.Server.Connections;

/// <summary>The peer's address of each connection whose address is known.</summary>
internal sealed class PeerEndPoints
{
    private readonly Dictionary<int, EndPoint> known = [];

    /// <summary>A connection's peer; <see cref="ISystem.UnknownEndPoint"/> if it is not known.</summary>
    public EndPoint this[int slot] => known.GetValueOrDefault(slot, ISystem.UnknownEndPoint);

    /// <summary>Allocates space for one more connection.</summary>
    public void Reserve() => known.EnsureCapacity(known.Count + 1);

    /// <summary>Adds a connection.</summary>
    public void Add(int slot, EndPoint peer)
    {
        if (peer != ISystem.UnknownEndPoint)
        {
            known[slot] = peer;
        }
    }

    /// <summary>Removes a connection.</summary>
    /// <returns>Its peer.</returns>
    public EndPoint Remove(int slot) => known.Remove(slot, out var peer) ? peer : ISystem.UnknownEndPoint;
}
