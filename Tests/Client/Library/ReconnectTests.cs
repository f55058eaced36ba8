using System.Collections.Concurrent;
using TinyTcp.Client;
using TinyTcp.Core.Errors;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>A client that connects again after a loss, where it is told so.</summary>
public class ReconnectTests
{
    private static readonly ClientOptions Again = ClientOptions.Default with
    {
        Reconnect = new Backoff(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)),
    };

    [Fact]
    public async Task After_a_loss_the_next_request_is_asked_on_a_new_connection()
    {
        await using var server = Peer.Greeting(async caller =>
            await caller.SayAsync($"{await caller.HearAsync()}\n")
        );
        await using var client = await server.GreetedAsync(Again);

        for (var turn = 0; turn < 5; turn++)
        {
            Assert.Equal("hello", await UntilAsked(() => client.EchoAsync("hello")));
        }
    }

    [Fact]
    public async Task Each_connection_is_told_when_it_comes_and_before_its_end_is_known_otherwise()
    {
        var told = new ConcurrentQueue<string>();
        var options = Again with
        {
            Connected = () => told.Enqueue("connected"),
            Disconnected = why => told.Enqueue(why.Code),
        };
        await using var server = Peer.Greeting(async caller =>
            await caller.SayAsync($"{await caller.HearAsync()}\n")
        );
        var client = await server.GreetedAsync(options);
        Assert.Equal(["connected"], told);

        Assert.Equal("hello", await UntilAsked(() => client.EchoAsync("hello")));
        Assert.Equal("hello", await UntilAsked(() => client.EchoAsync("hello")));
        Assert.Equal(["connected", "LOST", "connected"], told.Take(3));

        await client.DisposeAsync();
        Assert.True(told.Last() is "LOST" or "OVER");
        Assert.Equal(
            told.Count(static word => word == "connected"),
            told.Count(static word => word != "connected")
        );
    }

    [Fact]
    public async Task A_goodbye_that_nobody_waits_for_is_told()
    {
        var told = new TaskCompletionSource<ClientError>();
        await using var server = Peer.Greeting(static caller => caller.SayAsync("ERROR IDLE_TIMEOUT\n"));
        await using var client = await server.GreetedAsync(
            Again with
            {
                Disconnected = why => told.TrySetResult(why),
            }
        );
        Assert.Equal(new ClientError.Goodbye(ErrorCode.IdleTimeout), await told.Task);
    }

    [Fact]
    public async Task Without_being_told_so_it_stays_lost()
    {
        await using var server = Peer.Greeting(async caller =>
            await caller.SayAsync($"{await caller.HearAsync()}\n")
        );
        await using var client = await server.GreetedAsync();

        Assert.Equal("hello", await client.EchoAsync("hello"));
        var lost = TestValues.Left(await client.EchoAsync("hello"));
        Assert.IsType<ClientError.Lost>(lost);
        Assert.Equal(lost, TestValues.Left(await client.TimeAsync()));
    }

    [Fact]
    public async Task After_QUIT_and_after_disposal_it_does_not_come_back()
    {
        await using var server = Truthful.Server();
        var client = await server.GreetedAsync(Again);
        Assert.True((await client.QuitAsync()).IsRight);
        Assert.Equal(new ClientError.Over(EndedBy.Quit), TestValues.Left(await client.TimeAsync()));

        await client.DisposeAsync();
        Assert.Equal(new ClientError.Over(EndedBy.Disposal), TestValues.Left(await client.TimeAsync()));
    }

    [Fact]
    public async Task Where_nobody_listens_each_call_says_so()
    {
        var target = TestValues.Right(Target.From($"127.0.0.1:{Peer.PortOfNobody()}"));
        await using var client = TestValues.Right(TinyTcpClient.Create(target, Again));

        for (var turn = 0; turn < 3; turn++)
        {
            Assert.IsType<ClientError.NotConnected>(TestValues.Left(await client.TimeAsync()));
        }
    }

    [Fact]
    public async Task A_client_that_was_only_created_connects_when_it_is_asked()
    {
        await using var server = Truthful.Server();
        await using var client = TestValues.Right(
            TinyTcpClient.Create(TestValues.Right(Target.From(server.Address)), Again)
        );

        Assert.Equal("", client.Greeting);
        var times = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.TimeAsync()));
        Assert.All(times, static time => Assert.Equal(TestValues.Moment, time));
        Assert.Equal("I'm TinyServer not pressure", client.Greeting);
    }

    [Fact]
    public async Task The_wait_before_a_call_is_the_backoffs()
    {
        var clock = new AlarmClock();
        var port = Peer.PortOfNobody();
        var options = ClientOptions.Default with
        {
            Time = clock,
            Reconnect = new Backoff(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60))
            {
                Chance = static () => 1,
            },
        };
        await using var client = TestValues.Right(
            TinyTcpClient.Create(TestValues.Right(Target.From($"127.0.0.1:{port}")), options)
        );

        Assert.IsType<ClientError.NotConnected>(TestValues.Left(await client.TimeAsync()));
        var second = client.TimeAsync();
        clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(second.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.IsType<ClientError.NotConnected>(TestValues.Left(await second));
    }

    [Fact]
    public async Task A_loss_is_the_first_failure_and_a_connection_without_a_reply_one_more()
    {
        // Whether each connection answers before it ends, and how long the client then waits for the next.
        (bool Answers, int Wait)[] course = [(true, 2), (false, 4), (false, 8), (true, 2), (true, 2)];
        var (clock, calls) = (new AlarmClock(), 0);
        await using var server = Peer.Greeting(async caller =>
        {
            var answers = course[Interlocked.Increment(ref calls) - 1].Answers;
            await caller.SayAsync(answers ? $"{await caller.HearAsync()}\n" : "");
            await caller.HearAsync();
        });
        await using var client = await server.GreetedAsync(
            ClientOptions.Default with
            {
                Time = clock,
                Reconnect = new Backoff(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60))
                {
                    Chance = static () => 1,
                },
            }
        );

        var asking = client.EchoAsync("first");
        foreach (var (answers, wait) in course[..^1])
        {
            Assert.Equal(answers, (await asking).IsRight);
            Assert.True(!answers || (await client.EchoAsync("second")).IsLeft);
            asking = client.EchoAsync("first");
            await clock.AlarmAsync(TimeSpan.FromSeconds(wait));
            Assert.False(asking.IsCompleted);
            clock.Advance(TimeSpan.FromSeconds(wait));
        }

        Assert.Equal("first", await asking);
    }

    [Fact]
    public async Task A_server_that_greets_and_goes_is_called_once_a_call_and_each_is_told()
    {
        var calls = 0;
        await using var server = Peer.Playing(async caller =>
        {
            Interlocked.Increment(ref calls);
            await caller.SayAsync("WELCOME, test\nERROR SHUTTING_DOWN\n");
        });
        await using var client = TestValues.Right(
            TinyTcpClient.Create(TestValues.Right(Target.From(server.Address)), Again)
        );

        for (var turn = 1; turn <= 5; turn++)
        {
            Assert.Equal(
                new ClientError.Goodbye(ErrorCode.ShuttingDown),
                TestValues.Left(await client.TimeAsync())
            );
            Assert.InRange(calls, 1, turn);
        }
    }

    [Law]
    public void A_wait_is_from_half_of_the_longest_up_to_it_and_that_doubles_up_to_the_most(
        byte failures,
        byte part
    )
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));
        var longest = failures == 0 ? 0 : Math.Min(10_000, 100 * Math.Pow(2, failures - 1));
        var wait = backoff.Delay(failures, part / 255.0).TotalMilliseconds;
        Assert.InRange(wait, (longest / 2) - 0.001, longest + 0.001);
    }

    /// <summary>A loss that nobody had noticed yet costs the request that meets it.</summary>
    private static async Task<string> UntilAsked(Func<Task<LanguageExt.Either<ClientError, string>>> ask)
    {
        while (true)
        {
            var answer = await ask();
            if (answer.IsRight)
            {
                return (string)answer;
            }

            Assert.IsType<ClientError.Lost>((ClientError)answer);
        }
    }
}
