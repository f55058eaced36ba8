using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Cancelled requests, and calls after the client is closed.</summary>
public class CancellationTests
{
    private readonly TrackingTimeProvider clock = new();

    private ClientOptions Options =>
        ClientOptions.Default with
        {
            TimeProvider = clock,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            ReplyTimeout = TimeSpan.FromSeconds(5),
        };

    [Fact]
    public async Task A_cancelled_token_prevents_the_connect()
    {
        var port = FakeServer.UnusedPort();
        for (var attempt = 0; attempt < 20; attempt++)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                TinyTcpClient.ConnectAsync("127.0.0.1", port, new CancellationToken(canceled: true))
            );
        }
    }

    [Fact]
    public async Task Cancelling_a_connect_cancels_its_task()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = FakeServer.Start(async connection =>
        {
            await cancellation.CancelAsync();
            await connection.WaitForCloseAsync();
        });

        var connecting = TinyTcpClient.ConnectAsync("127.0.0.1", server.Port, cancellation.Token);
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task A_cancelled_request_does_not_affect_other_requests()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            await connection.ReadLineAsync();
            await connection.ReadLineAsync();
            await cancellation.CancelAsync();
            await connection.SendAsync("ECHO first\nECHO second\n");
            await connection.ReadLineAsync();
            await connection.SendAsync("ECHO third\n");
        });
        await using var client = await server.ConnectedClientAsync(Options);

        var first = client.EchoAsync("first", cancellation.Token);
        var second = client.EchoAsync("second");
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        Assert.Equal("second", await second);
        Assert.Equal("third", await client.EchoAsync("third"));
    }

    [Fact]
    public async Task The_reply_to_a_cancelled_request_is_still_validated()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            await connection.ReadLineAsync();
            await cancellation.CancelAsync();
            await connection.SendAsync("ECHO another\n");
            await connection.WaitForCloseAsync();
        });
        await using var client = await server.ConnectedClientAsync(Options);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.EchoAsync("first", cancellation.Token)
        );
        Assert.IsType<ClientError.ProtocolError>(TestValues.Left(await client.GetHelpAsync()));
    }

    [Fact]
    public async Task A_request_with_a_cancelled_token_is_not_sent()
    {
        await using var server = FakeServer.StartWithReplies("TIME 2025-09-12T17:24:13-05:00\n");
        await using var client = await server.ConnectedClientAsync(Options);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.GetHelpAsync(new CancellationToken(canceled: true))
        );
        Assert.Equal(TestValues.Moment, await client.GetTimeAsync());
    }

    [Fact]
    public async Task Disposal_fails_pending_requests_and_every_later_call()
    {
        var requested = new SemaphoreSlim(0);
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            await connection.ReadLineAsync();
            requested.Release();
            await connection.WaitForCloseAsync();
        });
        var client = await server.ConnectedClientAsync(Options);
        var pending = client.GetTimeAsync();
        await requested.WaitAsync();

        await client.DisposeAsync();
        await client.DisposeAsync();
        var closed = new ClientError.ClientClosed(ClosedBy.Disposal);
        Assert.Equal(closed, TestValues.Left(await pending));
        Assert.Equal(closed, TestValues.Left(await client.GetTimeAsync()));
        Assert.Equal(ErrorSource.Caller, closed.Source);
    }

    [Fact]
    public async Task Calls_after_QUIT_return_ClientClosed()
    {
        await using var server = ReferenceServer.Start();
        await using var client = await server.ConnectedClientAsync();

        Assert.True((await client.QuitAsync()).IsRight);
        Assert.Equal(
            new ClientError.ClientClosed(ClosedBy.Quit),
            TestValues.Left(await client.GetTimeAsync())
        );
    }

    [Fact]
    public async Task OnLine_that_throws_closes_the_client()
    {
        var lines = 0;
        await using var server = ReferenceServer.Start();
        await using var client = await server.ConnectedClientAsync(
            ClientOptions.Default with
            {
                OnLine = _ => lines = lines < 2 ? lines + 1 : throw new InvalidOperationException("enough"),
            }
        );

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetTimeAsync());
        Assert.Equal(
            new ClientError.ClientClosed(ClosedBy.Callback),
            TestValues.Left(await client.GetTimeAsync())
        );
    }
}
