using TinyTcp.Client;
using TinyTcp.Core.Commands;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Time-outs, on a clock that the test turns.</summary>
public class TimeOutTests
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
            TestValues.Left(await connecting)
        );
    }

    [Fact]
    public async Task A_silent_server_is_given_up_for_good()
    {
        await using var server = Peer.Greeting(static caller => caller.StayAsync());
        await using var client = await server.GreetedAsync(Options);

        var timedOut = new ClientError.TimedOut(Awaited.ReplyTo(Command.Help), Options.ReplyTimeout);
        Assert.Equal(timedOut, await RunOutAsync(client.HelpAsync(), alarms: 3));
        Assert.Equal(timedOut, TestValues.Left(await client.TimeAsync()));
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
        Assert.IsType<ClientError.TimedOut>(TestValues.Left(await asking));
    }

    [Fact]
    public async Task A_server_that_does_not_close_after_BYE_is_told_apart()
    {
        var bye = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = Peer.Answering("BYE\n");
        await using var client = await server.GreetedAsync(
            Options with
            {
                Observer = line =>
                {
                    if (line.ToString() == "<- BYE")
                    {
                        bye.SetResult();
                    }
                },
            }
        );

        var quitting = client.QuitAsync();
        await bye.Task;
        while (!quitting.IsCompleted)
        {
            clock.Advance(Options.ReplyTimeout);
            await Task.Yield();
        }

        Assert.Equal(
            new ClientError.TimedOut(Awaited.Close, Options.ReplyTimeout),
            TestValues.Left(await quitting)
        );
    }

    [Fact]
    public async Task A_reply_that_comes_while_the_alarm_looks_is_in_time()
    {
        var late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var replied = new ManualResetEventSlim();
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.HearAsync();
            await late.Task;
            await caller.SayAsync("ECHO first\n");
            await caller.SayAsync($"{await caller.HearAsync()}\n");
            await caller.StayAsync();
        });
        await using var client = await server.GreetedAsync(
            Options with
            {
                Observer = line =>
                {
                    if (line.ToString() == "<- ECHO first")
                    {
                        replied.Set();
                    }
                },
            }
        );

        var first = client.EchoAsync("first");
        await clock.AlarmsAsync(3);
        clock.WhenRead = () =>
        {
            late.SetResult();
            replied.Wait();
        };
        clock.Advance(Options.ReplyTimeout);
        Assert.Equal("first", await first);
        Assert.Equal("second", await client.EchoAsync("second"));
    }

    [Fact]
    public async Task What_does_not_connect_in_time_is_given_up()
    {
        var waiting = Deadline.RunAsync<int>(
            Options.ConnectTimeout,
            clock,
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

    private async Task<ClientError> RunOutAsync<T>(
        Task<LanguageExt.Either<ClientError, T>> waiting,
        int alarms
    )
    {
        await clock.AlarmsAsync(alarms);
        clock.Advance(TimeSpan.FromSeconds(5));
        return TestValues.Left(await waiting);
    }
}
