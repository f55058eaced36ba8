using System.Net;
using System.Net.Sockets;
using TinyTcp.Server.Listeners;
using TinyTcp.Systems;
using TinyTcp.Tests.Client;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Systems;

/// <summary>What a system does on real sockets when the loop connects.</summary>
public sealed class ConnectTests : IDisposable
{
    private readonly Socket listener = Some.Right(Listener.Bind(new IPEndPoint(IPAddress.Loopback, 0)));

    public static TheoryData<string> Systems => Socketry.Systems;

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_connection_is_reported_once_and_then_carries_bytes_both_ways(string name)
    {
        using var system = On(name);
        var id = Some.Right(system.Connect(listener.LocalEndPoint!));
        Assert.Equal([$"{id} connected"], Turn(system));
        using var accepted = await Accept();
        Assert.Equal(accepted.LocalEndPoint, system.GetRemoteEndPoint(id));
        Assert.Equal(accepted.RemoteEndPoint, system.GetLocalEndPoint(id));

        Assert.Equal(5, Some.Right(system.Send(id, "TIME\n"u8)));
        Assert.Equal("TIME\n", await accepted.Read(5));
        await accepted.Send("BYE\n");
        Assert.Equal([$"{id} received 4"], Turn(system));
        accepted.Shutdown(SocketShutdown.Both);
        Assert.Equal([$"{id} finished"], Turn(system));
        system.Close(id);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void Where_nobody_listens_it_is_lost_and_has_a_name(string name)
    {
        using var system = On(name);
        var nobody = new IPEndPoint(IPAddress.Loopback, Peer.PortOfNobody());
        var attempt = system.Connect(nobody);
        var errors = new List<IoError>();
        var told = attempt.IsLeft ? [] : Turn(system, errors);
        attempt.IfLeft(errors.Add);
        Assert.Equal(attempt.IsLeft ? 0 : 1, told.Count);
        Assert.Equal(SocketError.ConnectionRefused, Assert.Single(errors).SocketError);
        attempt.IfRight(system.Close);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task Many_attempts_are_under_way_at_once(string name)
    {
        using var system = On(name);
        var ids = Enumerable
            .Range(0, 50)
            .Select(_ => Some.Right(system.Connect(listener.LocalEndPoint!)))
            .ToList();
        Assert.Distinct(ids);
        var told = new List<string>();
        while (told.Count < 50)
        {
            told.AddRange(Turn(system));
        }

        Assert.Equal(ids.Select(static id => $"{id} connected").Order(), told.Order());
        ids.ForEach(system.Close);
        await Task.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_socket_in_the_file_system_can_be_called(string name)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var local = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        local.Bind(new UnixDomainSocketEndPoint(path));
        local.Listen();
        using var system = On(name);
        var id = Some.Right(system.Connect(new UnixDomainSocketEndPoint(path)));
        Assert.Equal([$"{id} connected"], Turn(system));
        using var accepted = await local.AcceptAsync();
        Assert.Equal(
            ISystem.UnknownEndPoint,
            name == Socketry.Linux ? system.GetRemoteEndPoint(id) : ISystem.UnknownEndPoint
        );
        system.Close(id);
        File.Delete(path);
    }

    public void Dispose() => listener.Dispose();

    private static IConnectingSystem On(string name) => Opened.System(name);

    private async Task<Socket> Accept()
    {
        listener.Blocking = true;
        return await listener.AcceptAsync();
    }

    private static List<string> Turn(IConnectingSystem system, List<IoError>? errors = null)
    {
        var happened = new List<string>();
        system.Wait(TimeSpan.FromSeconds(30));
        while (system.TryNext(out var ioEvent))
        {
            var id = ioEvent.Connection;
            happened.Add(
                ioEvent.Kind switch
                {
                    IoEventKind.Received => $"{id} received {ioEvent.Bytes.Length}",
                    IoEventKind.PeerFinished => $"{id} finished",
                    IoEventKind.ConnectionLost => $"{id} lost",
                    IoEventKind.Connected => $"{id} connected",
                    var other => $"{id} {other}",
                }
            );
            if (ioEvent.Kind == IoEventKind.ConnectionLost)
            {
                errors?.Add(ioEvent.Error);
            }
        }

        return happened;
    }
}
