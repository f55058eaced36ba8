using System.Net;
using System.Net.Sockets;
using TinyTcp.Systems;
using TinyTcp.Tests.Client;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Systems;

/// <summary>Connecting by each system over real sockets.</summary>
public sealed class ConnectTests : IDisposable
{
    private readonly Socket listener = Loopback.Listen();

    public static TheoryData<string> Systems => Loopback.Systems;

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_connection_is_reported_once_and_then_carries_bytes_both_ways(string name)
    {
        using var system = Create(name);
        var id = TestValues.Right(system.Connect(listener.LocalEndPoint!));
        Assert.Equal([$"{id} connected"], ReadEvents(system));
        using var accepted = await Accept();
        Assert.Equal(accepted.LocalEndPoint, system.GetRemoteEndPoint(id));
        Assert.Equal(accepted.RemoteEndPoint, system.GetLocalEndPoint(id));

        Assert.Equal(5, TestValues.Right(system.Send(id, "TIME\n"u8)));
        Assert.Equal("TIME\n", await accepted.Read(5));
        await accepted.Send("BYE\n");
        Assert.Equal([$"{id} received 4"], ReadEvents(system));
        accepted.Shutdown(SocketShutdown.Both);
        Assert.Equal([$"{id} finished"], ReadEvents(system));
        system.Close(id);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void A_port_without_a_listener_gives_ConnectionRefused(string name)
    {
        using var system = Create(name);
        var unused = new IPEndPoint(IPAddress.Loopback, FakeServer.UnusedPort());
        var attempt = system.Connect(unused);
        var errors = new List<IoError>();
        var events = attempt.IsLeft ? [] : ReadEvents(system, errors);
        attempt.IfLeft(errors.Add);
        Assert.Equal(attempt.IsLeft ? 0 : 1, events.Count);
        Assert.Equal(SocketError.ConnectionRefused, Assert.Single(errors).SocketError);
        attempt.IfRight(system.Close);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task Many_connections_are_opened_at_once(string name)
    {
        using var system = Create(name);
        var ids = Enumerable
            .Range(0, 50)
            .Select(_ => TestValues.Right(system.Connect(listener.LocalEndPoint!)))
            .ToList();
        Assert.Distinct(ids);
        var events = new List<string>();
        while (events.Count < 50)
        {
            events.AddRange(ReadEvents(system));
        }

        Assert.Equal(ids.Select(static id => $"{id} connected").Order(), events.Order());
        ids.ForEach(system.Close);
        await Task.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_system_connects_to_a_Unix_domain_socket(string name)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var local = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        local.Bind(new UnixDomainSocketEndPoint(path));
        local.Listen();
        using var system = Create(name);
        var id = TestValues.Right(system.Connect(new UnixDomainSocketEndPoint(path)));
        Assert.Equal([$"{id} connected"], ReadEvents(system));
        using var accepted = await local.AcceptAsync();
        Assert.Equal(
            ISystem.UnknownEndPoint,
            name == Loopback.Linux ? system.GetRemoteEndPoint(id) : ISystem.UnknownEndPoint
        );
        system.Close(id);
        File.Delete(path);
    }

    public void Dispose() => listener.Dispose();

    private static IConnectingSystem Create(string name) => TestSystems.Create(name);

    private async Task<Socket> Accept()
    {
        listener.Blocking = true;
        return await listener.AcceptAsync();
    }

    private static List<string> ReadEvents(IConnectingSystem system, List<IoError>? errors = null)
    {
        var events = new List<string>();
        system.Wait(TimeSpan.FromSeconds(30));
        while (system.TryNext(out var ioEvent))
        {
            var id = ioEvent.Connection;
            events.Add(
                ioEvent.Kind switch
                {
                    IoEventKind.Received => $"{id} received {ioEvent.Bytes.Length}",
                    IoEventKind.PeerFinished => $"{id} finished",
                    IoEventKind.ConnectionLost => $"{id} lost",
                    IoEventKind.Connected => $"{id} connected",
                    IoEventKind.Woken
                    or IoEventKind.Accepted
                    or IoEventKind.AcceptFailed
                    or IoEventKind.Writable => $"{id} {ioEvent.Kind}",
                }
            );
            if (ioEvent.Kind == IoEventKind.ConnectionLost)
            {
                errors?.Add(ioEvent.Error);
            }
        }

        return events;
    }
}
