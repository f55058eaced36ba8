using System.Net;
using TinyTcp.Systems;

namespace TinyTcp.Server.Loop;

/// <summary>
/// Who is at the other end of each connection, where somebody asks: the log, or a limit of connections an address. The
/// system is asked once: of a connection that is lost it does not know any more.
/// </summary>
/// <param name="isAsked">Whether anybody asks; if not, who comes is <see cref="ISystem.Nobody"/>.</param>
internal sealed class Peers(Func<bool> isAsked)
{
    private readonly Dictionary<int, EndPoint> known = [];

    /// <summary>Who has a connection.</summary>
    public EndPoint this[int id] => known.GetValueOrDefault(id, ISystem.Nobody);

    /// <summary>A connection came.</summary>
    public EndPoint Add<TSystem>(int id, TSystem system)
        where TSystem : ISystem => isAsked() ? known[id] = system.PeerOf(id) : ISystem.Nobody;

    /// <summary>A connection is gone.</summary>
    /// <returns>Who had it.</returns>
    public EndPoint Remove(int id) => known.Remove(id, out var peer) ? peer : ISystem.Nobody;
}
