using System.Net;
using System.Net.Sockets;
using TinyTcp.Server.Listeners;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Systems;

/// <summary>What a system does with real sockets in one turn, below the loop.</summary>
public sealed class SystemTests : IDisposable
{
    private const int AcceptsPerWait = 64;
    private const int Accepted = -1;

    private readonly Socket listener = Some.Right(Listener.Bind(new IPEndPoint(IPAddress.Loopback, 0)));

    public static TheoryData<string> Systems => Socketry.Systems;

    [Fact]
    public async Task A_reply_never_waits_for_Nagle()
    {
        using var client = await Connect();
        using var accepted = await listener.AcceptAsync();
        Assert.True(accepted.NoDelay || !OperatingSystem.IsLinux());
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_new_system_accepts(string name)
    {
        using var system = On(name);
        using var client = await Connect();
        Assert.Equal([Accepted], Turn(system));
    }

    [Fact]
    public void A_new_simulated_system_accepts()
    {
        using var system = new SimulatedSystem(seed: 0, new SimulatedListener());
        system.Connect(new SimulatedPeer());
        Assert.Equal([Accepted], Turn(system));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void Many_wake_ups_between_two_waits_are_one_event(string name)
    {
        using var system = On(name);
        for (var each = 0; each < 1_000; each++)
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
    public async Task However_many_wait_to_be_accepted_the_others_are_served_in_the_same_turn(string name)
    {
        using var system = On(name);
        using var talker = await Connect();
        Assert.Equal([Accepted], Turn(system));
        var crowd = await Task.WhenAll(Enumerable.Range(0, 2 * AcceptsPerWait).Select(_ => Connect()));
        await talker.Send("TIME\n");

        var happened = Turn(system);
        Assert.Equal(AcceptsPerWait, happened.Count(static each => each == Accepted));
        Assert.Contains("TIME\n".Length, happened);
        Array.ForEach(crowd, static socket => socket.Dispose());
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task However_much_one_sends_it_is_received_once_a_turn_and_others_are_too(string name)
    {
        using var system = On(name);
        using var flood = await Connect();
        using var other = await Connect();
        Assert.Equal([Accepted, Accepted], Turn(system));
        var flooding = flood.Send(new string('x', 10_000_000));
        Assert.False(flooding.IsCompleted, "there has to be more than can be received at once");
        await other.Send("TIME\n");

        var happened = Turn(system);
        Assert.Equal(2, happened.Count);
        Assert.Contains("TIME\n".Length, happened);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task Once_accepting_is_off_nobody_is_accepted_though_the_turn_is_not_over(string name)
    {
        using var system = On(name);
        using var first = await Connect();
        using var second = await Connect();
        system.Wait(TimeSpan.FromSeconds(10));
        Assert.True(system.TryNext(out _));
        system.SetAccepting(enabled: false);
        Assert.False(system.TryNext(out _));

        system.SetAccepting(enabled: true);
        Assert.Equal([Accepted], Turn(system));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_system_that_does_not_accept_knows_whether_a_connection_waits(string name)
    {
        using var system = On(name);
        Assert.False(system.HasPendingConnection);
        system.SetAccepting(enabled: false);
        using var client = await Connect();
        Assert.True(system.HasPendingConnection);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_socket_that_one_system_accepted_can_be_adopted_by_another_one_of_its_group(
        string name
    )
    {
        var (first, second) = Opened.Pair(name, listener);
        using var client = await Connect();
        first.Wait(TimeSpan.FromSeconds(10));
        Assert.True(first.TryNext(out var accepted));
        Assert.Equal(IoEventKind.Accepted, accepted.Kind);
        Assert.False(second.HasPendingConnection);

        Assert.Equal(client.LocalEndPoint, first.GetPeer(accepted.Connection));
        var connection = Some.Right(second.Adopt(accepted.Connection));
        await client.Send("TIME\n");
        Assert.Equal(["TIME\n".Length], Turn(second));
        second.Close(connection);
        first.Dispose();
        second.Dispose();
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_socket_that_is_discarded_is_closed(string name)
    {
        using var system = On(name);
        using var client = await Connect();
        system.Wait(TimeSpan.FromSeconds(10));
        Assert.True(system.TryNext(out var accepted));
        system.Discard(accepted.Connection);
        Assert.Empty(await client.ReadToEnd());
    }

    public void Dispose() => listener.Dispose();

    private ISystem On(string name) => Opened.System(name, listener);

    private Task<Socket> Connect() => Socketry.Connect((IPEndPoint)listener.LocalEndPoint!);

    /// <summary>Waits once and takes all that has happened: lengths received, or <see cref="Accepted"/>.</summary>
    private static List<int> Turn(ISystem system)
    {
        var happened = new List<int>();
        system.Wait(TimeSpan.FromSeconds(10));
        while (system.TryNext(out var ioEvent))
        {
            Assert.Equal(default, ioEvent.Error);
            happened.AddRange(
                ioEvent.Kind switch
                {
                    IoEventKind.Accepted => [AdoptBy(system, ioEvent.Connection)],
                    IoEventKind.Received => [ioEvent.Bytes.Length],
                    _ => [],
                }
            );
        }

        return happened;
    }

    private static int AdoptBy(ISystem system, int socket)
    {
        Some.Right(system.Adopt(socket));
        return Accepted;
    }
}
