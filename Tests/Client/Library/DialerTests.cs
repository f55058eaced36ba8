using System.Net;
using System.Net.Sockets;
using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>From a host and a port to a connection, or to a clear reason why there is none.</summary>
public class DialerTests
{
    [Fact]
    public async Task A_port_on_which_nothing_listens()
    {
        var target = At("127.0.0.1", Peer.PortOfNobody());

        Assert.Equal(
            new ClientError.NotConnected(new Target.Tcp(target), SocketError.ConnectionRefused),
            TestValues.Left(await AskAsync(target))
        );
    }

    [Fact]
    public async Task A_name_without_an_address()
    {
        var target = At("no-such-host.invalid", 40000);

        Assert.Equal(
            target,
            Assert.IsType<ClientError.NotResolved>(TestValues.Left(await AskAsync(target))).Server
        );
    }

    [Fact]
    public async Task A_names_addresses_are_tried_until_one_answers()
    {
        // localhost is ::1 and 127.0.0.1 on most systems, and the server listens on the second only.
        await using var server = Truthful.Server();

        Assert.Equal("BYE", await AskAsync(At("localhost", server.Port)));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(2, 4)]
    [InlineData(5, 0)]
    [InlineData(5, 9)]
    public async Task An_address_that_swallows_everything_leaves_time_for_the_others(int count, int seconds)
    {
        var clock = new AlarmClock();
        var options = ClientOptions.Default with { Time = clock };
        var addresses = Enumerable
            .Range(1, count)
            .Select(static last => new IPAddress([192, 0, 2, (byte)last]))
            .ToArray();
        var since = clock.GetTimestamp();
        clock.Advance(TimeSpan.FromSeconds(seconds));

        var dialling = Dialer.InTurnAsync<IPAddress>(
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
            await clock.AlarmsAsync(1);
            Assert.False(dialling.IsCompleted);
            clock.Advance((options.ConnectTimeout - TimeSpan.FromSeconds(seconds)) / count);
        }

        Assert.Equal(addresses[^1], TestValues.Right(await dialling));
    }

    [Fact]
    public async Task A_connection_whose_two_ends_are_one_is_refused()
    {
        var port = Peer.PortOfNobody();
        var server = At("127.0.0.1", port);

        // What Linux does by chance after some thousands of tries happens at once to a socket bound to that port.
        var target = new Target.Tcp(server);
        var dialled = await Dialer.DialAsync(
            server,
            target,
            ClientOptions.Default,
            family => Bound(family, port),
            CancellationToken.None
        );
        var error = TestValues.Left(dialled);
        Assert.Equal(new ClientError.ConnectedToSelf(target), error);
        Assert.Equal(Fault.Self, error.Fault);
    }

    [Fact]
    public async Task Requests_do_not_wait_for_Nagle()
    {
        await using var server = Truthful.Server();
        var sockets = new List<Socket>();
        var address = At("127.0.0.1", server.Port);
        await using var stream = TestValues.Right(
            await Dialer.DialAsync(
                address,
                new Target.Tcp(address),
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

    private static Socket Bound(AddressFamily family, int port)
    {
        var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    private static Task<Either<ClientError, string>> AskAsync(ServerAddress server) =>
        Asked.ByAsync(new Target.Tcp(server), ClientOptions.Default, "QUIT"u8.ToArray());

    private static ServerAddress At(string host, int port) =>
        TestValues.Right(ServerAddress.From(host, port));
}
