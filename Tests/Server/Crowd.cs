using System.Net.Sockets;
using TinyTcp.Server;

namespace TinyTcp.Tests.Server;

/// <summary>
/// Many clients, each greeted. They leave with their test even if it fails: a server waits for them when it stops.
/// </summary>
internal sealed class Crowd(IReadOnlyList<Socket> sockets) : IDisposable
{
    internal static async Task<Crowd> Come(TinyServer server, int count)
    {
        var crowd = new Crowd(
            await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Socketry.Connect(server)))
        );
        await Task.WhenAll(crowd.Sockets.Select(static socket => socket.Read(Simulation.Greeting.Length)));
        return crowd;
    }

    internal IReadOnlyList<Socket> Sockets => sockets;

    public void Dispose() => sockets.ToList().ForEach(static socket => socket.Dispose());
}
