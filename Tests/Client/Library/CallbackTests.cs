using TinyTcp.Client;
using TinyTcp.Core.Commands;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

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
        Assert.Equal(new ClientError.Over(EndedBy.Disposal), TestValues.Left(await client.TimeAsync()));
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

    [Theory]
    [InlineData("")]
    [InlineData("more\n")]
    public async Task One_that_throws_after_BYE_fails_the_QUIT(string more)
    {
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.HearAsync();
            await caller.SayAsync($"BYE\n{more}");
        });
        await using var client = await server.GreetedAsync(
            ClientOptions.Default with
            {
                Observer = static line => ThrowIf(line.ToString() == "<- more"),
                Disconnected = _ => ThrowIf(more.Length == 0),
            }
        );

        await AssertBrokenAsync(client, client.QuitAsync());
    }

    [Fact]
    public async Task One_that_gives_up_as_if_it_were_told_to_is_not_a_server_that_is_late()
    {
        await using var server = Truthful.Server();
        await using var client = Created(
            server,
            ClientOptions.Default with
            {
                Observer = static _ => throw new TaskCanceledException(Words),
            }
        );

        var thrown = await Assert.ThrowsAsync<TaskCanceledException>(() => client.TimeAsync());
        Assert.Equal(Words, thrown.Message);
    }

    [Fact]
    public async Task One_that_throws_as_a_stream_does_is_not_a_connection_that_is_lost()
    {
        var length = 64 * 1024;
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stream = new ScriptedStream([WireBytes.Bytes("WELCOME, test\n")], staysOpen: true)
        {
            Writing = () => new ValueTask(written.Task),
        };
        var options = ClientOptions.Default with
        {
            MaxReplyLine = 2 * length,
            Observer = static line =>
                _ = line.ToString() == "-> ECHO last" ? throw new IOException(Words) : 0,
        };
        await using var client = TestValues.Right(await TinyTcpClient.OpenAsync(stream, options));

        // Too many for the last one to leave with them: whoever sends takes it up.
        var asking = Enumerable.Range(0, 40).Select(_ => client.EchoAsync(new string('x', length))).ToArray();
        var last = client.EchoAsync("last");
        written.SetResult();
        Assert.Equal(Words, (await Assert.ThrowsAsync<IOException>(() => last)).Message);
        await Assert.ThrowsAsync<IOException>(() => asking[0]);
        Assert.Equal(new ClientError.Over(EndedBy.Observer), TestValues.Left(await client.TimeAsync()));
    }

    [Fact]
    public async Task A_reply_that_cannot_be_judged_leaves_nobody_waiting()
    {
        await using var stream = new ScriptedStream(
            [WireBytes.Bytes("WELCOME, test\n"), WireBytes.Bytes("TIME 2025-09-12T17:24:13-05:00\n")],
            writesBreak: true
        );
        var options = ClientOptions.Default;
        var connection = TestValues.Right(
            await Connection.OpenAsync(stream, options, new ClientMetrics(options), CancellationToken.None)
        );
        var request = new Asking<int>(
            Awaited.ReplyTo(Command.Time),
            static _ => throw new InvalidOperationException(Words)
        );

        Assert.True(connection.TryAsk(request));
        Assert.Equal(new ClientError.Over(EndedBy.Observer), await connection.Ended);
        await connection.DisposeAsync();
        Assert.True(request.Task.IsFaulted);
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

        Assert.IsType<ClientError.Lost>(TestValues.Left(await client.TimeAsync()));
        await client.DisposeAsync();
        Assert.Equal(1, told);
    }

    private static async Task AssertBrokenAsync<T>(TinyTcpClient client, Task<T> underWay)
    {
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => underWay);
        Assert.Equal(Words, thrown.Message);
        Assert.Equal(new ClientError.Over(EndedBy.Observer), TestValues.Left(await client.TimeAsync()));
    }

    private static TinyTcpClient Created(Peer server, ClientOptions options) =>
        TestValues.Right(TinyTcpClient.Create(TestValues.Right(Target.From(server.Address)), options));

    private static void ThrowIf(bool isTime)
    {
        if (isTime)
        {
            throw new InvalidOperationException(Words);
        }
    }
}
