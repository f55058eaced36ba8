using System.Net.Sockets;
using TinyTcp.Client;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Commands;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Connections that the server or the system ends.</summary>
public class ConnectionLossTests
{
    private const string ClosedByServer = "closed by the server";

    [Theory]
    [InlineData("", "")]
    [InlineData("WELC", "'WELC'")]
    public async Task A_close_before_the_greeting_is_ConnectionLost(string sent, string partialLine)
    {
        await using var server = FakeServer.Start(async connection => await connection.SendAsync(sent));

        Assert.Equal(
            new ClientError.ConnectionLost(PendingOperation.Greeting, ClosedByServer, partialLine)
            {
                Server = server.EndPoint,
            },
            TestValues.Left(await server.ConnectAsync())
        );
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("TIME 2025-", "'TIME 2025-'")]
    public async Task A_close_before_the_reply_is_complete_is_ConnectionLost(string sent, string partialLine)
    {
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            await connection.ReadLineAsync();
            await connection.SendAsync(sent);
        });
        await using var client = await server.ConnectedClientAsync();

        var lost = new ClientError.ConnectionLost(
            PendingOperation.ReplyTo(Command.Time),
            ClosedByServer,
            partialLine
        )
        {
            Server = server.EndPoint,
        };
        Assert.Equal(lost, TestValues.Left(await client.GetTimeAsync()));
        Assert.Equal(lost, TestValues.Left(await client.GetHelpAsync()));
    }

    [Fact]
    public void The_message_of_a_stream_error_is_that_of_the_innermost_exception() =>
        Assert.Equal(
            "bad record mac",
            StreamErrors.MessageOf(
                new IOException(
                    "The decryption operation failed, see inner exception.",
                    new InvalidOperationException("Decrypt failed.", new IOException("bad record mac."))
                )
            )
        );

    [Fact]
    public async Task A_close_after_the_greeting_is_ConnectionLost()
    {
        await using var server = FakeServer.StartWithGreeting(static _ => Task.CompletedTask);
        await using var client = await server.ConnectedClientAsync();

        Assert.IsType<ClientError.ConnectionLost>(TestValues.Left(await client.GetTimeAsync()));
    }

    [Fact]
    public async Task A_reset_is_ConnectionLost_with_the_systems_message()
    {
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            await connection.ReadLineAsync();
            connection.Reset();
        });
        await using var client = await server.ConnectedClientAsync();

        var lost = Assert.IsType<ClientError.ConnectionLost>(TestValues.Left(await client.GetTimeAsync()));
        Assert.Equal(new SocketException((int)SocketError.ConnectionReset).Message, lost.Detail);
    }

    [Fact]
    public async Task A_reset_after_BYE_is_ignored()
    {
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            await connection.ReadLineAsync();
            await connection.SendAsync("BYE\n");
            connection.Reset();
        });
        await using var client = await server.ConnectedClientAsync();

        Assert.True((await client.QuitAsync()).IsRight);
    }

    [Fact]
    public async Task A_failed_write_is_ConnectionLost_with_the_systems_message()
    {
        var clock = new TrackingTimeProvider();
        await using var stream = new ScriptedStream([WireBytes.Bytes("WELCOME, test\n")], failWrites: true)
        {
            // The client sets this timer after the failed write.
            BeforeSecondSegment = () => clock.WaitForTimerAsync(TimeSpan.FromSeconds(1)),
        };
        var options = ClientOptions.Default with { TimeProvider = clock };
        await using var client = TestValues.Right(await TinyTcpClient.AttachAsync(stream, options));

        Assert.Equal(
            new ClientError.ConnectionLost(PendingOperation.ReplyTo(Command.Time), "broken pipe", ""),
            TestValues.Left(await client.GetTimeAsync())
        );
    }

    [Fact]
    public async Task A_stream_without_a_greeting_is_disposed()
    {
        await using var stream = new ScriptedStream([WireBytes.Bytes("OK\n")]);

        Assert.True((await TinyTcpClient.AttachAsync(stream, ClientOptions.Default)).IsLeft);
        Assert.True(stream.IsDisposed);
    }
}
