using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>A cancelled read of a socket takes what has arrived, and a cancelled connect a connection that is established.</summary>
public sealed class SocketStreamTests : IDisposable
{
    private static readonly CancellationToken Cancelled = new(canceled: true);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public SocketStreamTests() => listener.Start();

    private IPEndPoint EndPoint => (IPEndPoint)listener.LocalEndpoint;

    [Fact]
    public async Task A_cancelled_read_takes_what_has_arrived()
    {
        var (stream, peer) = await ConnectAsync();
        await using var _ = stream;
        using (peer)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadAsync(stream, Cancelled));
            await peer.SendAsync(WireBytes.Bytes("ECHO a\n"));
            Assert.True(stream.Socket.Poll(TimeSpan.FromSeconds(20), SelectMode.SelectRead));
            Assert.Equal("ECHO a\n", await ReadAsync(stream, Cancelled));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadAsync(stream, Cancelled));
        }

        Assert.True(stream.Socket.Poll(TimeSpan.FromSeconds(20), SelectMode.SelectRead));
        Assert.Equal("", await ReadAsync(stream, Cancelled));
    }

    [Fact]
    public async Task A_read_that_waits_is_cancelled_and_the_next_one_gets_the_bytes()
    {
        using var cancellation = new CancellationTokenSource();
        var (stream, peer) = await ConnectAsync();
        await using var _ = stream;
        using var __ = peer;
        var reading = ReadAsync(stream, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        reading = ReadAsync(stream, CancellationToken.None);
        await peer.SendAsync(WireBytes.Bytes("ECHO a\n"));
        Assert.Equal("ECHO a\n", await reading);
    }

    [Fact]
    public async Task A_cancelled_read_over_TLS_takes_what_has_arrived_and_the_next_one_waits_again()
    {
        using var certificate = ServerEndPointTests.CreateCertificate();
        var (stream, peer) = await ConnectAsync();
        await using var server = new SslStream(new NetworkStream(peer, ownsSocket: true));
        await using var client = new SslStream(stream);
        await Task.WhenAll(
            server.AuthenticateAsServerAsync(certificate),
            client.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "127.0.0.1",
                    CertificateChainPolicy = ServerEndPointTests.Trusting(certificate),
                }
            )
        );

        for (var request = 0; request < 3; request++)
        {
            using var cancellation = new CancellationTokenSource();
            var reading = ReadAsync(client, cancellation.Token);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
            await server.WriteAsync(WireBytes.Bytes($"ECHO {request}\n"));
            Assert.True(stream.Socket.Poll(TimeSpan.FromSeconds(20), SelectMode.SelectRead));
            Assert.Equal($"ECHO {request}\n", await ReadAsync(client, Cancelled));
        }
    }

    [Fact]
    public async Task A_cancelled_connect_that_is_established_succeeds()
    {
        // On the loopback interface a connection is established before connect returns.
        var server = TestValues.Right(ServerEndPoint.From($"{EndPoint}"));
        await using var stream = TestValues.Right(
            await SocketConnector.ConnectAsync(
                server,
                () => EndPoint,
                () => SocketConnector.CreateTcpSocket(AddressFamily.InterNetwork),
                Cancelled
            )
        );
        using var peer = await listener.AcceptSocketAsync();
        await peer.SendAsync(WireBytes.Bytes("WELCOME, test\n"));
        Assert.Equal("WELCOME, test\n", await ReadAsync(stream, CancellationToken.None));
    }

    public void Dispose() => listener.Dispose();

    private static async Task<string> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[100];
        return WireBytes.Characters(buffer.AsSpan(0, await stream.ReadAsync(buffer, cancellationToken)));
    }

    private async Task<(SocketStream Stream, Socket Peer)> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(EndPoint);
        return (new SocketStream(socket), await listener.AcceptSocketAsync());
    }
}
