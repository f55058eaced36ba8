using System.Net;
using System.Net.Sockets;
using LanguageExt;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>From a host and a port to a connection, or to a clear reason why there is none.</summary>
public class DialerTests
{
    [Fact]
    public async Task A_refused_connection_is_ConnectFailed()
    {
        var target = Address("127.0.0.1", FakeServer.UnusedPort());

        Assert.Equal(
            new ClientError.ConnectFailed(new ServerEndPoint.Tcp(target), SocketError.ConnectionRefused),
            TestValues.Left(await AskAsync(target))
        );
    }

    [Fact]
    public async Task An_unknown_host_is_NameResolutionFailed()
    {
        var target = Address("no-such-host.invalid", 40000);

        Assert.Equal(
            target,
            Assert.IsType<ClientError.NameResolutionFailed>(TestValues.Left(await AskAsync(target))).Server
        );
    }

    [Fact]
    public async Task The_addresses_of_a_host_are_tried_until_one_accepts()
    {
        // localhost is ::1 and 127.0.0.1 on most systems, and the server listens on the second only.
        await using var server = ReferenceServer.Start();

        Assert.Equal("BYE", await AskAsync(Address("localhost", server.Port)));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(2, 4)]
    [InlineData(5, 0)]
    [InlineData(5, 9)]
    public async Task An_unresponsive_address_leaves_time_for_the_others(int count, int seconds)
    {
        var clock = new TrackingTimeProvider();
        var options = ClientOptions.Default with { TimeProvider = clock };
        var addresses = Enumerable
            .Range(1, count)
            .Select(static last => new IPAddress([192, 0, 2, (byte)last]))
            .ToArray();
        var since = clock.GetTimestamp();
        clock.Advance(TimeSpan.FromSeconds(seconds));

        var dialling = Dialer.ConnectSequentiallyAsync<IPAddress>(
            addresses,
            options,
            since,
            async (address, token) =>
            {
                // The last one answers at once.
                await (
                    Equals(address, addresses[^1]) ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token)
                );
                return address;
            },
            CancellationToken.None
        );
        for (var turn = 1; turn < count; turn++)
        {
            await clock.WaitForTimersAsync(1);
            Assert.False(dialling.IsCompleted);
            clock.Advance((options.ConnectTimeout - TimeSpan.FromSeconds(seconds)) / count);
        }

        Assert.Equal(addresses[^1], TestValues.Right(await dialling));
    }

    [Fact]
    public async Task A_connection_to_itself_is_ConnectedToSelf()
    {
        var port = FakeServer.UnusedPort();
        var server = Address("127.0.0.1", port);

        // What Linux does by chance after some thousands of tries happens at once to a socket bound to that port.
        var target = new ServerEndPoint.Tcp(server);
        var dialled = await Dialer.DialAsync(
            server,
            target,
            ClientOptions.Default,
            family => BoundSocket(family, port),
            CancellationToken.None
        );
        var error = TestValues.Left(dialled);
        Assert.Equal(new ClientError.ConnectedToSelf(target), error);
        Assert.Equal(ErrorSource.Network, error.Source);
    }

    [Fact]
    public async Task Sockets_disable_the_Nagle_algorithm()
    {
        await using var server = ReferenceServer.Start();
        var sockets = new List<Socket>();
        var address = Address("127.0.0.1", server.Port);
        await using var stream = TestValues.Right(
            await Dialer.DialAsync(
                address,
                new ServerEndPoint.Tcp(address),
                ClientOptions.Default,
                Kept,
                CancellationToken.None
            )
        );

        Assert.True(Assert.Single(sockets).NoDelay);

        Socket Kept(AddressFamily family)
        {
            sockets.Add(new Socket(family, SocketType.Stream, ProtocolType.Tcp));
            return sockets[^1];
        }
    }

    private static Socket BoundSocket(AddressFamily family, int port)
    {
        var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    private static Task<Either<ClientError, string>> AskAsync(HostPort server) =>
        OneRequest.SendAsync(new ServerEndPoint.Tcp(server), ClientOptions.Default, "QUIT"u8.ToArray());

    private static HostPort Address(string host, int port) => TestValues.Right(HostPort.From(host, port));
}
