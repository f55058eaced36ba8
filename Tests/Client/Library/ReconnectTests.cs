using System.Collections.Concurrent;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Errors;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>A client that connects again after a loss, where it is told so.</summary>
public class ReconnectTests
{
    private static readonly ClientOptions WithReconnect = ClientOptions.Default with
    {
        Reconnect = new Backoff(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)),
    };

    [Fact]
    public async Task A_request_after_a_loss_uses_a_new_connection()
    {
        await using var server = FakeServer.StartWithGreeting(async caller =>
            await caller.SendAsync($"{await caller.ReadLineAsync()}\n")
        );
        await using var client = await server.ConnectedClientAsync(WithReconnect);

        for (var turn = 0; turn < 5; turn++)
        {
            Assert.Equal("hello", await RetryUntilSentAsync(() => client.EchoAsync("hello")));
        }
    }

    [Fact]
    public async Task OnConnected_and_OnDisconnected_are_called_once_per_connection()
    {
        var told = new ConcurrentQueue<string>();
        var options = WithReconnect with
        {
            OnConnected = () => told.Enqueue("connected"),
            OnDisconnected = why => told.Enqueue(why.Code),
        };
        await using var server = FakeServer.StartWithGreeting(async caller =>
            await caller.SendAsync($"{await caller.ReadLineAsync()}\n")
        );
        var client = await server.ConnectedClientAsync(options);
        Assert.Equal(["connected"], told);

        Assert.Equal("hello", await RetryUntilSentAsync(() => client.EchoAsync("hello")));
        Assert.Equal("hello", await RetryUntilSentAsync(() => client.EchoAsync("hello")));
        Assert.Equal(["connected", "CONNECTION_LOST", "connected"], told.Take(3));

        await client.DisposeAsync();
        Assert.True(told.Last() is "CONNECTION_LOST" or "CLIENT_CLOSED");
        Assert.Equal(
            told.Count(static word => word == "connected"),
            told.Count(static word => word != "connected")
        );
    }

    [Fact]
    public async Task OnDisconnected_reports_a_goodbye_to_an_idle_client()
    {
        var told = new TaskCompletionSource<ClientError>();
        await using var server = FakeServer.StartWithGreeting(static caller =>
            caller.SendAsync("ERROR IDLE_TIMEOUT\n")
        );
        await using var client = await server.ConnectedClientAsync(
            WithReconnect with
            {
                OnDisconnected = why => told.TrySetResult(why),
            }
        );
        Assert.Equal(new ClientError.Goodbye(ErrorCode.IdleTimeout), await told.Task);
    }

    [Fact]
    public async Task Without_Reconnect_a_lost_client_stays_lost()
    {
        await using var server = FakeServer.StartWithGreeting(async caller =>
            await caller.SendAsync($"{await caller.ReadLineAsync()}\n")
        );
        await using var client = await server.ConnectedClientAsync();

        Assert.Equal("hello", await client.EchoAsync("hello"));
        var lost = TestValues.Left(await client.EchoAsync("hello"));
        Assert.IsType<ClientError.ConnectionLost>(lost);
        Assert.Equal(lost, TestValues.Left(await client.GetTimeAsync()));
    }

    [Fact]
    public async Task The_client_does_not_reconnect_after_QUIT_or_disposal()
    {
        await using var server = ReferenceServer.Start();
        var client = await server.ConnectedClientAsync(WithReconnect);
        Assert.True((await client.QuitAsync()).IsRight);
        Assert.Equal(
            new ClientError.ClientClosed(ClosedBy.Quit),
            TestValues.Left(await client.GetTimeAsync())
        );

        await client.DisposeAsync();
        Assert.Equal(
            new ClientError.ClientClosed(ClosedBy.Disposal),
            TestValues.Left(await client.GetTimeAsync())
        );
    }

    [Fact]
    public async Task Each_call_to_an_unused_port_is_ConnectFailed()
    {
        var target = TestValues.Right(ServerEndPoint.From($"127.0.0.1:{FakeServer.UnusedPort()}"));
        await using var client = TestValues.Right(TinyTcpClient.Create(target, WithReconnect));

        for (var turn = 0; turn < 3; turn++)
        {
            Assert.IsType<ClientError.ConnectFailed>(TestValues.Left(await client.GetTimeAsync()));
        }
    }

    [Fact]
    public async Task A_created_client_connects_on_first_use()
    {
        await using var server = ReferenceServer.Start();
        await using var client = TestValues.Right(
            TinyTcpClient.Create(TestValues.Right(ServerEndPoint.From(server.Address)), WithReconnect)
        );

        Assert.Equal("", client.Greeting);
        var times = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.GetTimeAsync()));
        Assert.All(times, static time => Assert.Equal(TestValues.Moment, time));
        Assert.Equal("I'm TinyServer not pressure", client.Greeting);
    }

    [Fact]
    public async Task The_delay_before_a_reconnect_is_the_backoffs()
    {
        var clock = new TrackingTimeProvider();
        var port = FakeServer.UnusedPort();
        var options = ClientOptions.Default with
        {
            TimeProvider = clock,
            Reconnect = new Backoff(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60))
            {
                Jitter = static () => 1,
            },
        };
        await using var client = TestValues.Right(
            TinyTcpClient.Create(TestValues.Right(ServerEndPoint.From($"127.0.0.1:{port}")), options)
        );

        Assert.IsType<ClientError.ConnectFailed>(TestValues.Left(await client.GetTimeAsync()));
        var second = client.GetTimeAsync();
        clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(second.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.IsType<ClientError.ConnectFailed>(TestValues.Left(await second));
    }

    [Fact]
    public async Task A_reply_resets_the_failure_count()
    {
        // Whether each connection answers before it ends, and how long the client then waits for the next.
        (bool Answers, int Wait)[] course = [(true, 2), (false, 4), (false, 8), (true, 2), (true, 2)];
        var (clock, calls) = (new TrackingTimeProvider(), 0);
        await using var server = FakeServer.StartWithGreeting(async caller =>
        {
            var answers = course[Interlocked.Increment(ref calls) - 1].Answers;
            await caller.SendAsync(answers ? $"{await caller.ReadLineAsync()}\n" : "");
            await caller.ReadLineAsync();
        });
        await using var client = await server.ConnectedClientAsync(
            ClientOptions.Default with
            {
                TimeProvider = clock,
                Reconnect = new Backoff(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60))
                {
                    Jitter = static () => 1,
                },
            }
        );

        var asking = client.EchoAsync("first");
        foreach (var (answers, wait) in course[..^1])
        {
            Assert.Equal(answers, (await asking).IsRight);
            Assert.True(!answers || (await client.EchoAsync("second")).IsLeft);
            asking = client.EchoAsync("first");
            await clock.WaitForTimerAsync(TimeSpan.FromSeconds(wait));
            Assert.False(asking.IsCompleted);
            clock.Advance(TimeSpan.FromSeconds(wait));
        }

        Assert.Equal("first", await asking);
    }

    [Fact]
    public async Task A_server_that_closes_after_the_greeting_gets_at_most_one_connection_per_call()
    {
        var calls = 0;
        await using var server = FakeServer.Start(async caller =>
        {
            Interlocked.Increment(ref calls);
            await caller.SendAsync("WELCOME, test\nERROR SHUTTING_DOWN\n");
        });
        await using var client = TestValues.Right(
            TinyTcpClient.Create(TestValues.Right(ServerEndPoint.From(server.Address)), WithReconnect)
        );

        for (var turn = 1; turn <= 5; turn++)
        {
            Assert.Equal(
                new ClientError.Goodbye(ErrorCode.ShuttingDown),
                TestValues.Left(await client.GetTimeAsync())
            );
            Assert.InRange(calls, 1, turn);
        }
    }

    [Law]
    public void A_delay_is_half_to_all_of_an_exponential_delay_with_a_maximum(byte failures, byte part)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));
        var longest = failures == 0 ? 0 : Math.Min(10_000, 100 * Math.Pow(2, failures - 1));
        var wait = backoff.GetDelay(failures, part / 255.0).TotalMilliseconds;
        Assert.InRange(wait, (longest / 2) - 0.001, longest + 0.001);
    }

    /// <summary>A loss that nobody had noticed yet costs the request that meets it.</summary>
    private static async Task<string> RetryUntilSentAsync(
        Func<Task<LanguageExt.Either<ClientError, string>>> ask
    )
    {
        while (true)
        {
            var answer = await ask();
            if (answer.IsRight)
            {
                return (string)answer;
            }

            Assert.IsType<ClientError.ConnectionLost>((ClientError)answer);
        }
    }
}
