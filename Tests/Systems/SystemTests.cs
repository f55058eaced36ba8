using System.Net;
using System.Net.Sockets;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Systems;

/// <summary>What one wait of a system does, over real sockets.</summary>
public sealed class SystemTests : IDisposable
{
    private const int AcceptsPerWait = 64;
    private const int Accepted = -1;

    private readonly Socket listener = Loopback.Listen();

    public static TheoryData<string> Systems => Loopback.Systems;

    [Fact]
    public async Task Accepted_sockets_have_NoDelay()
    {
        using var client = await Connect();
        using var accepted = await listener.AcceptAsync();
        Assert.True(accepted.NoDelay || !OperatingSystem.IsLinux());
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_new_system_accepts(string name)
    {
        using var system = Create(name);
        using var client = await Connect();
        Assert.Equal([Accepted], ReadEvents(system));
    }

    [Fact]
    public void A_new_simulated_system_accepts()
    {
        using var system = new SimulatedSystem(seed: 0, new SimulatedListener());
        system.Connect(new SimulatedPeer());
        Assert.Equal([Accepted], ReadEvents(system));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void Many_wake_ups_between_two_waits_are_one_event(string name)
    {
        using var system = Create(name);
        for (var count = 0; count < 1_000; count++)
        {
            system.Wake();
        }

        system.Wait(TimeSpan.FromSeconds(10));
        Assert.True(system.TryNext(out var ioEvent));
        Assert.Equal(IoEventKind.Woken, ioEvent.Kind);
        system.Wait(TimeSpan.Zero);
        Assert.False(system.TryNext(out _));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task One_wait_accepts_at_most_64_connections_and_receives_from_the_others(string name)
    {
        using var system = Create(name);
        using var open = await Connect();
        Assert.Equal([Accepted], ReadEvents(system));
        var clients = await Task.WhenAll(Enumerable.Range(0, 2 * AcceptsPerWait).Select(_ => Connect()));
        await open.Send("TIME\n");

        var events = ReadEvents(system);
        Assert.Equal(AcceptsPerWait, events.Count(static ioEvent => ioEvent == Accepted));
        Assert.Contains("TIME\n".Length, events);
        Array.ForEach(clients, static socket => socket.Dispose());
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task One_wait_receives_once_from_each_connection_however_much_is_pending(string name)
    {
        using var system = Create(name);
        using var first = await Connect();
        using var second = await Connect();
        Assert.Equal([Accepted, Accepted], ReadEvents(system));
        var sending = first.Send(new string('x', 10_000_000));
        Assert.False(sending.IsCompleted, "too little data to fill the socket buffers");
        await second.Send("TIME\n");

        var events = ReadEvents(system);
        Assert.Equal(2, events.Count);
        Assert.Contains("TIME\n".Length, events);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task Once_accepting_is_off_no_connection_is_accepted_even_in_the_same_iteration(string name)
    {
        using var system = Create(name);
        using var first = await Connect();
        using var second = await Connect();
        system.Wait(TimeSpan.FromSeconds(10));
        Assert.True(system.TryNext(out _));
        system.SetAccepting(enabled: false);
        Assert.False(system.TryNext(out _));

        system.SetAccepting(enabled: true);
        Assert.Equal([Accepted], ReadEvents(system));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_system_that_does_not_accept_reports_a_pending_connection(string name)
    {
        using var system = Create(name);
        Assert.False(system.HasPendingConnection);
        system.SetAccepting(enabled: false);
        using var client = await Connect();
        Assert.True(system.HasPendingConnection);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_socket_accepted_by_one_system_can_be_adopted_by_another_of_its_group(string name)
    {
        var (first, second) = TestSystems.CreatePair(name, listener);
        using var client = await Connect();
        first.Wait(TimeSpan.FromSeconds(10));
        Assert.True(first.TryNext(out var accepted));
        Assert.Equal(IoEventKind.Accepted, accepted.Kind);
        Assert.False(second.HasPendingConnection);

        Assert.Equal(client.LocalEndPoint, first.GetPeer(accepted.Connection));
        var connection = TestValues.Right(second.Adopt(accepted.Connection));
        await client.Send("TIME\n");
        Assert.Equal(["TIME\n".Length], ReadEvents(second));
        second.Close(connection);
        first.Dispose();
        second.Dispose();
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_discarded_socket_is_closed(string name)
    {
        using var system = Create(name);
        using var client = await Connect();
        system.Wait(TimeSpan.FromSeconds(10));
        Assert.True(system.TryNext(out var accepted));
        system.Discard(accepted.Connection);
        Assert.Empty(await client.ReadToEnd());
    }

    public void Dispose() => listener.Dispose();

    private ISystem Create(string name) => TestSystems.Create(name, listener);

    private Task<Socket> Connect() => Loopback.Connect((IPEndPoint)listener.LocalEndPoint!);

    /// <summary>Waits once and returns its events: the length of received bytes, or <see cref="Accepted"/>.</summary>
    private static List<int> ReadEvents(ISystem system)
    {
        var events = new List<int>();
        system.Wait(TimeSpan.FromSeconds(10));
        while (system.TryNext(out var ioEvent))
        {
            Assert.Equal(default, ioEvent.Error);
            events.AddRange(
                ioEvent.Kind switch
                {
                    IoEventKind.Accepted => [Adopt(system, ioEvent.Connection)],
                    IoEventKind.Received => [ioEvent.Bytes.Length],
                    IoEventKind.Woken
                    or IoEventKind.AcceptFailed
                    or IoEventKind.PeerFinished
                    or IoEventKind.Writable
                    or IoEventKind.ConnectionLost
                    or IoEventKind.Connected => [],
                }
            );
        }

        return events;
    }

    private static int Adopt(ISystem system, int socket)
    {
        TestValues.Right(system.Adopt(socket));
        return Accepted;
    }
}
