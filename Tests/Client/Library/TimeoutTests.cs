using TinyTcp.Client;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Commands;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Time-outs, on a clock that the test advances.</summary>
public class TimeoutTests
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
    public async Task A_missing_greeting_times_out_after_ReplyTimeout()
    {
        await using var server = FakeServer.Start(static connection => connection.WaitForCloseAsync());
        var connecting = server.ConnectAsync(Options);

        await clock.WaitForTimersAsync(2);
        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(connecting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(
            new ClientError.TimedOut(PendingOperation.Greeting, Options.ReplyTimeout)
            {
                Server = server.EndPoint,
            },
            TestValues.Left(await connecting)
        );
    }

    [Fact]
    public async Task A_missing_reply_times_out_and_closes_the_connection()
    {
        await using var server = FakeServer.StartWithGreeting(static connection =>
            connection.WaitForCloseAsync()
        );
        await using var client = await server.ConnectedClientAsync(Options);

        var timedOut = new ClientError.TimedOut(PendingOperation.ReplyTo(Command.Help), Options.ReplyTimeout)
        {
            Server = server.EndPoint,
        };
        Assert.Equal(timedOut, await ExpireAsync(client.GetHelpAsync(), timers: 3));
        Assert.Equal(timedOut, TestValues.Left(await client.GetTimeAsync()));
    }

    [Fact]
    public async Task The_time_of_a_request_starts_after_its_callback()
    {
        await using var server = new InMemoryServer();
        await using var client = TestValues.Right(
            await TinyTcpClient.AttachAsync(
                server,
                Options with
                {
                    OnLine = line =>
                        clock.Advance(line.ToString() == "-> HELP" ? Options.ReplyTimeout : default),
                }
            )
        );

        Assert.True((await client.GetHelpAsync()).IsRight);
    }

    [Fact]
    public async Task A_partial_reply_does_not_extend_the_timeout()
    {
        var partSent = new SemaphoreSlim(0);
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            await connection.ReadLineAsync();
            await connection.SendAsync("TIME 2");
            partSent.Release();
            await connection.WaitForCloseAsync();
        });
        await using var client = await server.ConnectedClientAsync(Options);
        var pending = client.GetTimeAsync();

        await clock.WaitForTimersAsync(3);
        clock.Advance(TimeSpan.FromSeconds(4));
        await partSent.WaitAsync();
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<ClientError.TimedOut>(TestValues.Left(await pending));
    }

    [Fact]
    public async Task A_missing_close_after_BYE_times_out()
    {
        var bye = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = FakeServer.StartWithReplies("BYE\n");
        await using var client = await server.ConnectedClientAsync(
            Options with
            {
                OnLine = line =>
                {
                    if (line.ToString() == "<- BYE")
                    {
                        bye.SetResult();
                    }
                },
            }
        );

        var quit = client.QuitAsync();
        await bye.Task;
        while (!quit.IsCompleted)
        {
            clock.Advance(Options.ReplyTimeout);
            await Task.Yield();
        }

        Assert.Equal(
            new ClientError.TimedOut(PendingOperation.Close, Options.ReplyTimeout)
            {
                Server = server.EndPoint,
            },
            TestValues.Left(await quit)
        );
    }

    [Fact]
    public async Task A_reply_during_the_timers_check_is_in_time()
    {
        var isExpired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            await connection.ReadLineAsync();
            await isExpired.Task;
            await connection.SendAsync("ECHO first\n");
            await connection.SendAsync($"{await connection.ReadLineAsync()}\n");
            await connection.WaitForCloseAsync();
        });
        await using var client = await server.ConnectedClientAsync(Options);

        var first = client.EchoAsync("first");
        await clock.WaitForTimersAsync(3);
        clock.OnNextRead = () =>
        {
            isExpired.SetResult();
            SpinWait.SpinUntil(() => first.IsCompleted);
        };
        clock.Advance(Options.ReplyTimeout);
        Assert.Equal("first", await first);
        Assert.Equal("second", await client.EchoAsync("second"));
    }

    [Fact]
    public async Task A_slow_connect_times_out()
    {
        var connecting = Deadline.RunAsync<int>(
            Options.ConnectTimeout,
            clock,
            PendingOperation.Connection,
            static async token =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return 0;
            },
            CancellationToken.None
        );

        Assert.Equal(
            new ClientError.TimedOut(PendingOperation.Connection, Options.ConnectTimeout),
            await ExpireAsync(connecting, timers: 1)
        );
    }

    private async Task<ClientError> ExpireAsync<T>(
        Task<LanguageExt.Either<ClientError, T>> pending,
        int timers
    )
    {
        await clock.WaitForTimersAsync(timers);
        clock.Advance(TimeSpan.FromSeconds(5));
        return TestValues.Left(await pending);
    }
}
