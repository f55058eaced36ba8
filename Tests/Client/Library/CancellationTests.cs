using TinyTcp.Client;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client;

/// <summary>Requests that are given up, and calls after the end of a client.</summary>
public class CancellationTests
{
    private readonly AlarmClock clock = new();

    private ClientOptions Options =>
        ClientOptions.Default with
        {
            Time = clock,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            ReplyTimeout = TimeSpan.FromSeconds(5),
        };

    [Fact]
    public async Task A_cancelled_connect_is_a_cancelled_task()
    {
        using var giveUp = new CancellationTokenSource();
        await using var server = Peer.Playing(async caller =>
        {
            await giveUp.CancelAsync();
            await caller.StayAsync();
        });

        var connecting = TinyTcpClient.ConnectAsync("127.0.0.1", server.Port, giveUp.Token);
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        Assert.Equal(giveUp.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task A_request_cancelled_under_way_ends_the_conversation()
    {
        using var giveUp = new CancellationTokenSource();
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.HearAsync();
            await giveUp.CancelAsync();
            await caller.StayAsync();
        });
        await using var client = await server.GreetedAsync(Options);

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.TimeAsync(giveUp.Token)
        );
        Assert.Equal(giveUp.Token, cancelled.CancellationToken);
        Assert.Equal(new ClientError.Over(EndedBy.Abandonment), Some.Left(await client.TimeAsync()));
    }

    [Fact]
    public async Task A_request_cancelled_before_its_turn_harms_nobody()
    {
        var answer = new SemaphoreSlim(0);
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.HearAsync();
            await answer.WaitAsync();
            await caller.SayAsync("ECHO first\n");
            await caller.HearAsync();
            await caller.SayAsync("ECHO third\n");
        });
        await using var client = await server.GreetedAsync(Options);
        using var giveUp = new CancellationTokenSource();

        var first = client.EchoAsync("first");
        var second = client.EchoAsync("second", giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        answer.Release();
        Assert.Equal("first", await first);
        Assert.Equal("third", await client.EchoAsync("third"));
    }

    [Fact]
    public async Task Disposal_ends_a_request_under_way_and_every_later_call()
    {
        var asked = new SemaphoreSlim(0);
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.HearAsync();
            asked.Release();
            await caller.StayAsync();
        });
        var client = await server.GreetedAsync(Options);
        var under = client.TimeAsync();
        await asked.WaitAsync();

        await client.DisposeAsync();
        await client.DisposeAsync();
        var over = new ClientError.Over(EndedBy.Disposal);
        Assert.Equal(over, Some.Left(await under));
        Assert.Equal(over, Some.Left(await client.TimeAsync()));
        Assert.Equal(Fault.Caller, over.Fault);
    }

    [Fact]
    public async Task After_QUIT_the_conversation_is_over()
    {
        await using var server = Truthful.Server();
        await using var client = await server.GreetedAsync();

        Assert.True((await client.QuitAsync()).IsRight);
        Assert.Equal(new ClientError.Over(EndedBy.Quit), Some.Left(await client.TimeAsync()));
    }

    [Fact]
    public async Task An_observer_that_throws_ends_the_conversation()
    {
        var lines = 0;
        await using var server = Truthful.Server();
        await using var client = await server.GreetedAsync(
            ClientOptions.Default with
            {
                Observer = _ => lines = lines < 2 ? lines + 1 : throw new InvalidOperationException("enough"),
            }
        );

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.TimeAsync());
        Assert.Equal(new ClientError.Over(EndedBy.Abandonment), Some.Left(await client.TimeAsync()));
    }
}
