using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using TinyTcp.Server;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>Options are checked when a server starts or reloads.</summary>
public sealed class ServerOptionsTests
{
    private static readonly ServerOptions Valid = new() { EndPoint = new IPEndPoint(IPAddress.Loopback, 0) };

    public static TheoryData<string, ServerOptions> OutOfRange =>
        new()
        {
            { "Threads is -1", Valid with { Threads = -1 } },
            { "Threads is 1025", Valid with { Threads = ServerOptions.MaxThreads + 1 } },
            { "DrainDelay is -00:00:01", Valid with { DrainDelay = TimeSpan.FromSeconds(-1) } },
            { "DrainDelay is 10675199", Valid with { DrainDelay = TimeSpan.MaxValue } },
            { "DrainTimeout is -00:00:01", Valid with { DrainTimeout = TimeSpan.FromSeconds(-1) } },
            { "DrainTimeout is 10675199", Valid with { DrainTimeout = TimeSpan.MaxValue } },
        };

    public static TheoryData<string> Unusable => ["disposed", "unbound", "bound", "udp"];

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void A_server_does_not_start_with_an_option_out_of_range(string problem, ServerOptions options)
    {
        var error = TestValues.Left(TinyServer.Start(options, TimeProvider.System, new CollectingLog()));
        Assert.Equal(SocketError.InvalidArgument, error.Code);
        Assert.Contains(problem, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public async Task A_reload_with_an_option_out_of_range_throws_and_changes_nothing(
        string problem,
        ServerOptions options
    )
    {
        await using var server = Start(Valid);
        var exception = Assert.Throws<ArgumentException>(() =>
            server.Reload(options with { Limits = TestValues.With(options.Limits, "max-connections", 1) })
        );
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        Assert.NotEqual(1, server.Limiter.MaxConnections);
    }

    [Fact]
    public async Task The_longest_drain_times_are_accepted_and_a_stop_ends_in_order()
    {
        var time = new VirtualTime();
        await using var server = TestValues.Right(
            TinyServer.Start(
                Valid with
                {
                    DrainDelay = TimeSpan.Zero,
                    DrainTimeout = ServerOptions.MaxDrain,
                },
                time,
                new CollectingLog()
            )
        );
        await server.StopAsync();
        Assert.Equal(0, server.AbortedConnections);
    }

    [Theory]
    [MemberData(nameof(Unusable))]
    public void A_server_does_not_start_with_a_socket_that_does_not_listen(string kind)
    {
        using var socket = CreateSocket(kind);
        var options = Valid with { Listeners = [socket] };
        var error = TestValues.Left(TinyServer.Start(options, TimeProvider.System, new CollectingLog()));
        Assert.Equal(SocketError.InvalidArgument, error.Code);
        Assert.Contains("option Listeners", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_start_leaves_its_sockets_open()
    {
        using var listener = CreateListener();
        using var unbound = CreateSocket("unbound");
        TestValues.Left(
            TinyServer.Start(
                Valid with
                {
                    Listeners = [listener, unbound],
                },
                TimeProvider.System,
                new CollectingLog()
            )
        );
        await using var server = Start(Valid with { Listeners = ImmutableArray.Create(listener) });
        Assert.Equal(Simulation.Greeting, await Loopback.Exchange(server, ""));
    }

    [Fact]
    public async Task A_server_ends_when_its_listener_is_shut_down()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var listener = CreateListener();
        await using var server = Start(Valid with { Listeners = [listener], Threads = 2 });
        listener.Shutdown(SocketShutdown.Both);
        await Assert.ThrowsAsync<IOException>(() => server.Completion.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    /// <summary>Options that an accepted connection inherits from the listener of another process.</summary>
    [Fact]
    public async Task Options_of_a_passed_socket_do_not_change_its_connections()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        const int Tcp = 6;
        const int DeferAccept = 9;
        const int ReceiveLowWater = 18;
        using var listener = CreateListener();
        listener.LingerState = new LingerOption(enable: true, seconds: 0);
        listener.SetRawSocketOption(Tcp, DeferAccept, BitConverter.GetBytes(30));
        listener.SetRawSocketOption(1, ReceiveLowWater, BitConverter.GetBytes(1_000));
        await using var server = Start(Valid with { Listeners = [listener] });
        using var client = await Loopback.Connect(server);
        Assert.Equal(Simulation.Greeting, await client.Read(Simulation.Greeting.Length));
        await client.Send("ECHO hi\nQUIT\n");
        Assert.Equal("ECHO hi\nBYE\n", await client.ReadToEnd());
    }

    /// <summary>The greeting is answered by a reset, and never acknowledged. The time stands still.</summary>
    [Fact]
    public async Task A_client_that_closes_before_it_has_read_the_greeting_delays_no_stop()
    {
        await using var server = Start(Valid with { Threads = 1 });
        for (var client = 0; client < 50; client++)
        {
            (await Loopback.Connect(server)).Dispose();
        }

        Assert.Equal(Simulation.Greeting + "BYE\n", await Loopback.Exchange(server, "QUIT\n"));
        await server.StopAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, server.AbortedConnections);
    }

    private static TinyServer Start(ServerOptions options) =>
        TestValues.Right(TinyServer.Start(options, new VirtualTime(), new CollectingLog()));

    private static Socket CreateSocket(string kind)
    {
        var socket =
            kind == "udp"
                ? new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
                : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        if (kind is "bound" or "udp")
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        }

        if (kind == "disposed")
        {
            socket.Dispose();
        }

        return socket;
    }

    private static Socket CreateListener()
    {
        var socket = CreateSocket("bound");
        socket.Listen();
        return socket;
    }
}
