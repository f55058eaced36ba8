using System.Net.Sockets;
using TinyTcp.Server;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Server;

/// <summary>
/// Connected clients that have read the greeting. A server waits for them when it stops, so disposing closes them even
/// if the test fails.
/// </summary>
internal sealed class ConnectedClients(IReadOnlyList<Socket> sockets) : IDisposable
{
    internal static async Task<ConnectedClients> Connect(TinyServer server, int count)
    {
        var clients = new ConnectedClients(
            await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Loopback.Connect(server)))
        );
        await Task.WhenAll(clients.Sockets.Select(static socket => socket.Read(Simulation.Greeting.Length)));
        return clients;
    }

    internal IReadOnlyList<Socket> Sockets => sockets;

    public void Dispose() => sockets.ToList().ForEach(static socket => socket.Dispose());
}
