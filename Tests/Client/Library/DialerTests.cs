using System.Net;
using System.Net.Sockets;
using TinyTcp.Client;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>From a host and a port to a connection, or to an error.</summary>
public class DialerTests
{
    [Fact]
    public async Task A_refused_connection_is_ConnectFailed()
    {
        var server = Address("127.0.0.1", FakeServer.UnusedPort());

        Assert.Equal(
            new ClientError.ConnectFailed(new ServerEndPoint.Tcp(server), SocketError.ConnectionRefused),
            TestValues.Left(await TinyTcpClient.ConnectAsync(server.Host, server.Port))
        );
    }

    [Fact]
    public async Task An_unknown_host_is_NameResolutionFailed()
    {
        var server = Address("no-such-host.invalid", 40000);

        Assert.Equal(
            server,
            Assert
                .IsType<ClientError.NameResolutionFailed>(
                    TestValues.Left(await TinyTcpClient.ConnectAsync(server.Host, server.Port))
                )
                .Server
        );
    }

    [Fact]
    public async Task The_addresses_of_a_host_are_tried_until_one_accepts()
    {
        // localhost is ::1 and 127.0.0.1 on most systems, and the server listens on the second only.
        await using var server = ReferenceServer.Start();
        await using var client = TestValues.Right(await TinyTcpClient.ConnectAsync("localhost", server.Port));

        Assert.Equal(TestValues.Moment, await client.GetTimeAsync());
    }

    [Fact]
    public async Task A_connection_to_itself_is_ConnectedToSelf()
    {
        var port = FakeServer.UnusedPort();
        var server = Address("127.0.0.1", port);

        // A socket bound to that port connects to itself at once; Linux picks the port by chance otherwise.
        var endPoint = new ServerEndPoint.Tcp(server);
        var connected = await Dialer.DialAsync(
            server,
            endPoint,
            TimeProvider.System,
            family => BoundSocket(family, port),
            CancellationToken.None
        );
        var error = TestValues.Left(connected);
        Assert.Equal(new ClientError.ConnectedToSelf(endPoint), error);
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
                TimeProvider.System,
                CreateSocket,
                CancellationToken.None
            )
        );

        Assert.True(Assert.Single(sockets).NoDelay);

        Socket CreateSocket(AddressFamily family)
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

    private static HostPort Address(string host, int port) => TestValues.Right(HostPort.From(host, port));
}
