using System.Net;
using System.Net.Sockets;
using TinyTcp.Server;
using TinyTcp.Server.Systems;
using TinyTcp.Server.Systems.Linux;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>What only the system on Linux can be asked.</summary>
public sealed class LinuxSystemTests
{
    [Fact]
    public async Task A_reply_never_waits_for_Nagle()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var listener = Some.Right(TinyServer.Listen(new IPEndPoint(IPAddress.Loopback, 0)));
        using var system = new LinuxSystem(listener, TinyServer.ReceiveBuffer);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.LocalEndPoint!);

        system.Wait(Timeout.InfiniteTimeSpan);
        Assert.True(system.TryNext(out var happening));
        using var accepted = new Socket(new SafeSocketHandle(Accepted(happening), ownsHandle: true));
        Assert.True(accepted.NoDelay);
    }

    private static int Accepted(Happening happening)
    {
        var accepted = new List<int>();
        happening.Switch(
            context: accepted,
            woken: static _ => { },
            accepted: static (ids, id) => ids.Add(id),
            acceptFailed: static (_, _) => { },
            received: static (_, _, _) => { },
            peerFinished: static (_, _) => { },
            room: static (_, _) => { },
            lost: static (_, _, _) => { }
        );
        return Assert.Single(accepted);
    }
}
