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
        Assert.Equal(0, system.PendingConnections);
        system.SetAccepting(enabled: false);
        using var client = await Connect();
        Assert.Equal(1, system.PendingConnections);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_wait_that_leaves_connections_or_bytes_to_the_next_one_has_not_reported_all(
        string name
    )
    {
        using var system = Create(name);
        var clients = await Task.WhenAll(Enumerable.Range(0, AcceptsPerWait + 1).Select(_ => Connect()));
        Assert.Equal(AcceptsPerWait, ReadEvents(system).Count);
        Assert.False(system.HasReportedAll);
        Assert.Single(ReadEvents(system));
        Assert.True(system.HasReportedAll);

        var sending = clients[0].Send(new string('x', 10_000_000));
        Assert.False(sending.IsCompleted, "too little data to fill the socket buffers");
        Assert.Equal([TinyTcp.Server.TinyServer.ReceiveBuffer], ReadEvents(system));
        Assert.False(system.HasReportedAll);
        Array.ForEach(clients, static socket => socket.Dispose());
    }

    [Fact]
    public async Task A_wait_of_epoll_reports_512_connections_and_the_next_one_the_others()
    {
        const int Capacity = 512;
        if (!OperatingSystem.IsLinux() || Descriptors.Available < 3 * Capacity)
        {
            return;
        }

        using var system = Create(Loopback.Linux);
        var clients = await Task.WhenAll(Enumerable.Range(0, Capacity + 1).Select(_ => Connect()));
        while (ReadEvents(system).Count == AcceptsPerWait) { }

        await Task.WhenAll(clients.Select(static client => client.Send("TIME\n")));
        Assert.Equal(Capacity, ReadEvents(system).Count);
        Assert.False(system.HasReportedAll);
        Assert.Single(ReadEvents(system));
        Assert.True(system.HasReportedAll);
        Array.ForEach(clients, static socket => socket.Dispose());
    }

    [Fact]
    public async Task What_the_peer_has_not_received_is_unacknowledged()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var system = Create(Loopback.Linux);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.ReceiveBufferSize = 4 * 1_024;
        await client.ConnectAsync(listener.LocalEndPoint!);
        Assert.Equal([Accepted], ReadEvents(system));

        var sent = TestValues.Right(system.Send(0, new byte[64 * 1_024]));
        system.ShutdownSend(0);
        Assert.InRange(system.GetUnacknowledged(0), 1, sent + 1);
        Assert.Equal(sent, (await client.ReadToEnd()).Length);

        // The last acknowledgement, that of FIN, is on its way for a moment.
        Assert.True(SpinWait.SpinUntil(() => system.GetUnacknowledged(0) == 0, TimeSpan.FromSeconds(10)));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task After_its_listeners_are_closed_a_connection_is_refused(string name)
    {
        using var system = Create(name);
        var endPoint = (IPEndPoint)listener.LocalEndPoint!;
        system.SetAccepting(enabled: false);
        system.CloseListeners();
        var exception = await Assert.ThrowsAsync<SocketException>(() => Loopback.Connect(endPoint));
        Assert.Equal(SocketError.ConnectionRefused, exception.SocketErrorCode);
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
        Assert.Equal(0, second.PendingConnections);

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
