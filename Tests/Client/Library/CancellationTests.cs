using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Requests that are given up, and calls after the end of a client.</summary>
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
    public async Task Cancelling_a_connect_cancels_its_task()
    {
        using var giveUp = new CancellationTokenSource();
        await using var server = FakeServer.Start(async caller =>
        {
            await giveUp.CancelAsync();
            await caller.WaitForCloseAsync();
        });

        var connecting = TinyTcpClient.ConnectAsync("127.0.0.1", server.Port, giveUp.Token);
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        Assert.Equal(giveUp.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task A_cancelled_request_does_not_affect_other_requests()
    {
        using var giveUp = new CancellationTokenSource();
        await using var server = FakeServer.StartWithGreeting(async caller =>
        {
            await caller.ReadLineAsync();
            await caller.ReadLineAsync();
            await giveUp.CancelAsync();
            await caller.SendAsync("ECHO first\nECHO second\n");
            await caller.ReadLineAsync();
            await caller.SendAsync("ECHO third\n");
        });
        await using var client = await server.ConnectedClientAsync(Options);

        var first = client.EchoAsync("first", giveUp.Token);
        var second = client.EchoAsync("second");
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(giveUp.Token, cancelled.CancellationToken);
        Assert.Equal("second", await second);
        Assert.Equal("third", await client.EchoAsync("third"));
    }

    [Fact]
    public async Task The_reply_to_a_cancelled_request_is_still_validated()
    {
        using var giveUp = new CancellationTokenSource();
        await using var server = FakeServer.StartWithGreeting(async caller =>
        {
            await caller.ReadLineAsync();
            await giveUp.CancelAsync();
            await caller.SendAsync("ECHO another\n");
            await caller.WaitForCloseAsync();
        });
        await using var client = await server.ConnectedClientAsync(Options);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.EchoAsync("first", giveUp.Token)
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
        var asked = new SemaphoreSlim(0);
        await using var server = FakeServer.StartWithGreeting(async caller =>
        {
            await caller.ReadLineAsync();
            asked.Release();
            await caller.WaitForCloseAsync();
        });
        var client = await server.ConnectedClientAsync(Options);
        var under = client.GetTimeAsync();
        await asked.WaitAsync();

        await client.DisposeAsync();
        await client.DisposeAsync();
        var over = new ClientError.ClientClosed(ClosedBy.Disposal);
        Assert.Equal(over, TestValues.Left(await under));
        Assert.Equal(over, TestValues.Left(await client.GetTimeAsync()));
        Assert.Equal(ErrorSource.Caller, over.Source);
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
