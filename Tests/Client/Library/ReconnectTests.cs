using System.Collections.Concurrent;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Errors;
using TinyTcp.Tests.Client.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>With Reconnect, a client connects again after a loss.</summary>
public class ReconnectTests
{
    private static readonly ClientOptions WithReconnect = ClientOptions.Default with
    {
        Reconnect = new Backoff(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)),
    };

    [Fact]
    public async Task A_request_after_a_loss_uses_a_new_connection()
    {
        await using var server = FakeServer.StartWithGreeting(async connection =>
            await connection.SendAsync($"{await connection.ReadLineAsync()}\n")
        );
        await using var client = await server.ConnectedClientAsync(WithReconnect);

        for (var request = 0; request < 5; request++)
        {
            Assert.Equal("hello", await RetryUntilSentAsync(() => client.EchoAsync("hello")));
        }
    }

    [Fact]
    public async Task OnConnected_and_OnDisconnected_are_called_once_per_connection()
    {
        var events = new ConcurrentQueue<string>();
        var options = WithReconnect with
        {
            OnConnected = () => events.Enqueue("connected"),
            OnDisconnected = error => events.Enqueue(error.Code),
        };
        await using var server = FakeServer.StartWithGreeting(async connection =>
            await connection.SendAsync($"{await connection.ReadLineAsync()}\n")
        );
        var client = await server.ConnectedClientAsync(options);
        Assert.Equal(["connected"], events);

        Assert.Equal("hello", await RetryUntilSentAsync(() => client.EchoAsync("hello")));
        Assert.Equal("hello", await RetryUntilSentAsync(() => client.EchoAsync("hello")));
        Assert.Equal(["connected", "CONNECTION_LOST", "connected"], events.Take(3));

        await client.DisposeAsync();
        Assert.True(events.Last() is "CONNECTION_LOST" or "CLIENT_CLOSED");
        Assert.Equal(
            events.Count(static name => name == "connected"),
            events.Count(static name => name != "connected")
        );
    }

    [Fact]
    public async Task OnDisconnected_reports_a_goodbye_to_an_idle_client()
    {
        var reason = new TaskCompletionSource<ClientError>();
        await using var server = FakeServer.StartWithGreeting(static connection =>
            connection.SendAsync("ERROR IDLE_TIMEOUT\n")
        );
        await using var client = await server.ConnectedClientAsync(
            WithReconnect with
            {
                OnDisconnected = error => reason.TrySetResult(error),
            }
        );
        Assert.Equal(
            new ClientError.Goodbye(ErrorCode.IdleTimeout) { Server = server.EndPoint },
            await reason.Task
        );
    }

    [Fact]
    public async Task Without_Reconnect_a_lost_client_stays_lost()
    {
        await using var server = FakeServer.StartWithGreeting(async connection =>
            await connection.SendAsync($"{await connection.ReadLineAsync()}\n")
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
        var endPoint = TestValues.Right(ServerEndPoint.From($"127.0.0.1:{FakeServer.UnusedPort()}"));
        await using var client = TestValues.Right(TinyTcpClient.Create(endPoint, WithReconnect));

        for (var request = 0; request < 3; request++)
        {
            Assert.IsType<ClientError.ConnectFailed>(TestValues.Left(await client.GetTimeAsync()));
        }
    }

    [Fact]
    public async Task A_created_client_connects_on_first_use()
    {
        await using var server = ReferenceServer.Start();
        await using var client = server.CreateClient(WithReconnect);

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
        await clock.WaitForTimerAsync(TimeSpan.FromSeconds(2));
        clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(second.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.IsType<ClientError.ConnectFailed>(TestValues.Left(await second));
    }

    [Fact]
    public async Task A_reply_resets_the_failure_count()
    {
        // Whether each connection replies before it ends, and the delay before the next, in seconds.
        (bool Replies, int Delay)[] connections = [(true, 2), (false, 4), (false, 8), (true, 2), (true, 2)];
        var (clock, connects) = (new TrackingTimeProvider(), 0);
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            var replies = connections[Interlocked.Increment(ref connects) - 1].Replies;
            await connection.SendAsync(replies ? $"{await connection.ReadLineAsync()}\n" : "");
            await connection.ReadLineAsync();
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

        var pending = client.EchoAsync("first");
        foreach (var (replies, delay) in connections[..^1])
        {
            Assert.Equal(replies, (await pending).IsRight);
            Assert.True(!replies || (await client.EchoAsync("second")).IsLeft);
            pending = client.EchoAsync("first");
            await clock.WaitForTimerAsync(TimeSpan.FromSeconds(delay));
            Assert.False(pending.IsCompleted);
            clock.Advance(TimeSpan.FromSeconds(delay));
        }

        Assert.Equal("first", await pending);
    }

    [Fact]
    public async Task A_server_that_closes_after_the_greeting_gets_at_most_one_connection_per_call()
    {
        var connects = 0;
        await using var server = FakeServer.Start(async connection =>
        {
            Interlocked.Increment(ref connects);
            await connection.SendAsync("WELCOME, test\nERROR SHUTTING_DOWN\n");
        });
        await using var client = server.CreateClient(WithReconnect);

        for (var requests = 1; requests <= 5; requests++)
        {
            Assert.Equal(
                new ClientError.Goodbye(ErrorCode.ShuttingDown) { Server = server.EndPoint },
                TestValues.Left(await client.GetTimeAsync())
            );
            Assert.InRange(connects, 1, requests);
        }
    }

    [Law]
    public void A_delay_is_half_to_all_of_an_exponential_delay_with_a_maximum(BackoffCase sample)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));
        var max = sample.Failures == 0 ? 0 : Math.Min(10_000, 100 * Math.Pow(2, sample.Failures - 1));
        var delay = backoff.GetDelay(sample.Failures, sample.Jitter).TotalMilliseconds;
        Assert.InRange(delay, (max / 2) - 0.001, max + 0.001);
    }

    /// <summary>A request on a connection that the server has just closed is lost; it is made again.</summary>
    private static async Task<string> RetryUntilSentAsync(
        Func<Task<LanguageExt.Either<ClientError, string>>> send
    )
    {
        while (true)
        {
            var result = await send();
            if (result.IsRight)
            {
                return (string)result;
            }

            Assert.IsType<ClientError.ConnectionLost>((ClientError)result);
        }
    }
}
