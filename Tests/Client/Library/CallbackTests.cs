using TinyTcp.Client;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client;

/// <summary>Functions that a caller gave, and that throw: whoever waits gets the exception, and nobody waits for ever.</summary>
public class CallbackTests
{
    private const string Words = "enough";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_throws_when_a_connection_is_made_fails_the_calls_that_wait_and_no_later_one(
        bool connected
    )
    {
        var (calls, throws) = (0, true);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = Peer.Greeting(async caller =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                await caller.StayAsync();
                left.SetResult();
                return;
            }

            await caller.SayAsync($"{await caller.HearAsync()}\n");
            await caller.StayAsync();
        });
        var client = Created(
            server,
            ClientOptions.Default with
            {
                Connected = () => ThrowIf(connected && throws),
                Observer = _ => ThrowIf(!connected && throws),
            }
        );

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.EchoAsync("hello"));
        await left.Task;
        throws = false;
        Assert.Equal("hello", await client.EchoAsync("hello"));
        await client.DisposeAsync();
    }

    [Fact]
    public async Task One_that_always_throws_does_not_spoil_disposal()
    {
        await using var server = Truthful.Server();
        var client = Created(server, ClientOptions.Default with { Connected = static () => ThrowIf(true) });

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.TimeAsync());
        await client.DisposeAsync();
        Assert.Equal(new ClientError.Over(EndedBy.Disposal), Some.Left(await client.TimeAsync()));
    }

    [Fact]
    public async Task One_that_throws_when_the_connection_is_lost()
    {
        await using var server = Peer.Greeting(static async caller => await caller.HearAsync());
        await using var client = await server.GreetedAsync(
            ClientOptions.Default with
            {
                Disconnected = static _ => ThrowIf(true),
            }
        );

        await AssertBrokenAsync(client, client.TimeAsync());
    }

    [Fact]
    public async Task One_that_throws_when_time_is_over()
    {
        var clock = new AlarmClock();
        await using var server = Peer.Greeting(static caller => caller.StayAsync());
        await using var client = await server.GreetedAsync(
            ClientOptions.Default with
            {
                Time = clock,
                Disconnected = static _ => ThrowIf(true),
            }
        );

        var asking = client.TimeAsync();
        await clock.AlarmsAsync(3);
        clock.Advance(ClientOptions.Default.ReplyTimeout);
        await AssertBrokenAsync(client, asking);
    }

    [Fact]
    public async Task One_that_throws_when_a_request_finds_room_takes_no_reply_from_another()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.HearAsync();
            await asked.Task;
            await caller.SayAsync("ECHO first\n");
            await caller.StayAsync();
        });
        await using var client = await server.GreetedAsync(
            ClientOptions.Default with
            {
                MaxPipelined = 1,
                Observer = static line => ThrowIf(line.ToString() == "-> ECHO second"),
            }
        );

        var first = client.EchoAsync("first");
        var second = client.EchoAsync("second");
        asked.SetResult();
        Assert.Equal("first", await first);
        await AssertBrokenAsync(client, second);
    }

    [Fact]
    public async Task One_that_leaves_when_the_connection_is_lost_is_called_once()
    {
        var (told, client) = (0, default(TinyTcpClient));
        await using var server = Peer.Greeting(static async caller => await caller.HearAsync());
        client = await server.GreetedAsync(
            ClientOptions.Default with
            {
                Disconnected = why =>
                {
                    told++;
                    _ = client!.DisposeAsync().AsTask();
                },
            }
        );

        Assert.IsType<ClientError.Lost>(Some.Left(await client.TimeAsync()));
        await client.DisposeAsync();
        Assert.Equal(1, told);
    }

    private static async Task AssertBrokenAsync<T>(TinyTcpClient client, Task<T> underWay)
    {
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => underWay);
        Assert.Equal(Words, thrown.Message);
        Assert.Equal(new ClientError.Over(EndedBy.Observer), Some.Left(await client.TimeAsync()));
    }

    private static TinyTcpClient Created(Peer server, ClientOptions options) =>
        Some.Right(TinyTcpClient.Create(Some.Right(Target.From(server.Address)), options));

    private static void ThrowIf(bool isTime)
    {
        if (isTime)
        {
            throw new InvalidOperationException(Words);
        }
    }
}
