using TinyTcp.Client;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

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
    public async Task A_request_that_is_given_up_goes_on_without_its_caller_and_harms_nobody()
    {
        using var giveUp = new CancellationTokenSource();
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.HearAsync();
            await caller.HearAsync();
            await giveUp.CancelAsync();
            await caller.SayAsync("ECHO first\nECHO second\n");
            await caller.HearAsync();
            await caller.SayAsync("ECHO third\n");
        });
        await using var client = await server.GreetedAsync(Options);

        var first = client.EchoAsync("first", giveUp.Token);
        var second = client.EchoAsync("second");
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(giveUp.Token, cancelled.CancellationToken);
        Assert.Equal("second", await second);
        Assert.Equal("third", await client.EchoAsync("third"));
    }

    [Fact]
    public async Task The_reply_to_a_request_that_was_given_up_is_judged_all_the_same()
    {
        using var giveUp = new CancellationTokenSource();
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.HearAsync();
            await giveUp.CancelAsync();
            await caller.SayAsync("ECHO another\n");
            await caller.StayAsync();
        });
        await using var client = await server.GreetedAsync(Options);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.EchoAsync("first", giveUp.Token)
        );
        Assert.IsType<ClientError.ProtocolBroken>(TestValues.Left(await client.HelpAsync()));
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_asks_nothing()
    {
        await using var server = Peer.Answering("TIME 2025-09-12T17:24:13-05:00\n");
        await using var client = await server.GreetedAsync(Options);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.HelpAsync(new CancellationToken(canceled: true))
        );
        Assert.Equal(TestValues.Moment, await client.TimeAsync());
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
        Assert.Equal(over, TestValues.Left(await under));
        Assert.Equal(over, TestValues.Left(await client.TimeAsync()));
        Assert.Equal(Fault.Caller, over.Fault);
    }

    [Fact]
    public async Task After_QUIT_the_conversation_is_over()
    {
        await using var server = Truthful.Server();
        await using var client = await server.GreetedAsync();

        Assert.True((await client.QuitAsync()).IsRight);
        Assert.Equal(new ClientError.Over(EndedBy.Quit), TestValues.Left(await client.TimeAsync()));
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
        Assert.Equal(new ClientError.Over(EndedBy.Observer), TestValues.Left(await client.TimeAsync()));
    }
}
