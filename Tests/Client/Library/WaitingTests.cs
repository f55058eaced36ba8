using TinyTcp.Client;
using TinyTcp.Core;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client;

/// <summary>Time-outs on a clock that the test turns, cancellation, and the end of a client.</summary>
public class WaitingTests
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
    public async Task A_server_that_does_not_greet_is_given_up_after_the_reply_time_out()
    {
        await using var server = Peer.Playing(static caller => caller.StayAsync());
        var connecting = server.ConnectAsync(Options);

        await clock.AlarmsAsync(2);
        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(connecting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(
            new ClientError.TimedOut(Awaited.Greeting, Options.ReplyTimeout),
            Some.Left(await connecting)
        );
    }

    [Fact]
    public async Task A_silent_server_is_given_up_for_good()
    {
        await using var server = Peer.Greeting(static caller => caller.StayAsync());
        await using var client = await server.GreetedAsync(Options);

        var timedOut = new ClientError.TimedOut(Awaited.ReplyTo(Command.Help), Options.ReplyTimeout);
        Assert.Equal(timedOut, await RunOutAsync(client.HelpAsync(), alarms: 3));
        Assert.Equal(timedOut, Some.Left(await client.TimeAsync()));
    }

    [Fact]
    public async Task Byte_after_byte_without_an_end_does_not_stretch_the_time()
    {
        var dripped = new SemaphoreSlim(0);
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.HearAsync();
            await caller.SayAsync("TIME 2");
            dripped.Release();
            await caller.StayAsync();
        });
        await using var client = await server.GreetedAsync(Options);
        var asking = client.TimeAsync();

        await clock.AlarmsAsync(3);
        clock.Advance(TimeSpan.FromSeconds(4));
        await dripped.WaitAsync();
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<ClientError.TimedOut>(Some.Left(await asking));
    }

    [Fact]
    public async Task A_server_that_does_not_close_after_BYE_is_told_apart()
    {
        await using var server = Peer.Answering("BYE\n");
        await using var client = await server.GreetedAsync(Options);

        Assert.Equal(
            new ClientError.TimedOut(Awaited.Close, Options.ReplyTimeout),
            await RunOutAsync(client.QuitAsync(), alarms: 4)
        );
    }

    [Fact]
    public async Task What_does_not_connect_in_time_is_given_up()
    {
        var waiting = new Deadline(Options.ConnectTimeout, clock).RunAsync<int>(
            Awaited.Connection,
            static async token =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return 0;
            },
            CancellationToken.None
        );

        Assert.Equal(
            new ClientError.TimedOut(Awaited.Connection, Options.ConnectTimeout),
            await RunOutAsync(waiting, alarms: 1)
        );
    }

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

    private async Task<ClientError> RunOutAsync<T>(
        Task<LanguageExt.Either<ClientError, T>> waiting,
        int alarms
    )
    {
        await clock.AlarmsAsync(alarms);
        clock.Advance(TimeSpan.FromSeconds(5));
        return Some.Left(await waiting);
    }
}
