using System.Net;
using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Core.Sessions;

namespace TinyTcp.Tests.Client;

/// <summary>A correct server on a real socket: Core's session.</summary>
internal static class ReferenceServer
{
    internal static FakeServer Start() => FakeServer.Start(ServeAsync);

    internal static FakeServer Start(EndPoint endPoint) => FakeServer.Start(ServeAsync, endPoint);

    private static async Task ServeAsync(ServerConnection connection)
    {
        var host = Host.Opened(Limits.Default);
        await connection.SendAsync(host.TakeOutput());
        while (!host.IsClosed)
        {
            var received = await connection.ReceiveAsync();
            _ = received.IsEmpty ? host.Handle(SessionEvent.PeerFinished) : host.Receive(received);
            await connection.SendAsync(host.TakeOutput());
        }

        // S-3: a close with unread input would be a reset.
        await connection.FinishAsync();
    }
}
