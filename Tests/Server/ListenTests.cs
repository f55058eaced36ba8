using System.Net;
using System.Net.Sockets;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.Listeners;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;
using static TinyTcp.Tests.Support.Loopback;

namespace TinyTcp.Tests.Server;

/// <summary>The addresses that a server can listen on, and what it logs about them.</summary>
public sealed class ListenTests
{
    public static TheoryData<string> Systems => Loopback.Systems;

    private static string Greeting => Simulation.Greeting;

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_second_server_on_the_same_port_does_not_start(string system)
    {
        await using var server = Start(system);
        var error = TestValues.Left(TryStart(system, server.EndPoint));
        Assert.Equal(SocketError.AddressAlreadyInUse, error.Code);
        Assert.Contains($"{server.EndPoint} is in use", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void A_server_does_not_start_on_an_address_of_another_machine(string system)
    {
        var error = TestValues.Left(TryStart(system, new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0)));
        Assert.Equal(SocketError.AddressNotAvailable, error.Code);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_server_on_all_IPv6_addresses_also_listens_on_IPv4_and_logs_the_peer(string system)
    {
        if (!Socket.OSSupportsIPv6)
        {
            return;
        }

        var log = new CollectingLog();
        await using var server = TestValues.Right(
            TryStart(system, new IPEndPoint(IPAddress.IPv6Any, 0), log: log)
        );
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, server.EndPoint.Port);
        Assert.Equal(Greeting, await socket.Read(Greeting.Length));

        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        var opened = await log.First(10);
        Assert.EndsWith($"[::ffff:127.0.0.1]:{port}", opened, StringComparison.Ordinal);
    }

    /// <summary>The kernel's own timeout would reset clients that read slowly (S-12).</summary>
    [Fact]
    public void A_connection_has_no_timeout_of_the_kernel_for_unacknowledged_bytes()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        const int Tcp = 6;
        const int UserTimeout = 18;
        using var listener = TestValues.Right(Listener.Bind(new IPEndPoint(IPAddress.Loopback, 0)));
        var value = new byte[sizeof(int)];
        listener.GetRawSocketOption(Tcp, UserTimeout, value);
        Assert.Equal(0, BitConverter.ToInt32(value));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_server_that_stops_refuses_new_connections_while_it_serves_others(string system)
    {
        var time = new VirtualTime();
        await using var server = Start(system, time: time);
        using var open = await Connect(server);
        await open.Read(Greeting.Length);
        time.MoveTo(Session.ShutdownQuietPeriod);
        var stopping = server.StopAsync();
        Assert.Equal(WireBytes.Line(ErrorCode.ShuttingDown), await open.ReadToEnd());
        await AssertRefused(server.EndPoint);

        open.Shutdown(SocketShutdown.Send);
        await stopping;
    }

    /// <summary>N-1.</summary>
    [Theory]
    [MemberData(nameof(Systems))]
    public async Task Listening_beyond_loopback_logs_a_warning(string system)
    {
        var log = new CollectingLog();
        await using var server = TestValues.Right(
            TryStart(system, new IPEndPoint(IPAddress.Any, 0), log: log)
        );
        Assert.Contains("other machines", await log.First(2), StringComparison.Ordinal);
    }

    private static async Task AssertRefused(IPEndPoint endPoint)
    {
        var exception = await Assert.ThrowsAsync<SocketException>(() => Loopback.Connect(endPoint));
        Assert.Equal(SocketError.ConnectionRefused, exception.SocketErrorCode);
    }
}
