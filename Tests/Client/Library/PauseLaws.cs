using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Verbs;
using TinyTcp.Tests.Client.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>
/// A pause of the client's process that is longer than a time-out (SIGSTOP, a debugger, a busy thread pool) loses nothing that
/// has arrived.
/// </summary>
public class PauseLaws
{
    private static readonly ReadOnlyMemory<byte>[] Greeting = [WireBytes.Bytes("WELCOME, test\n")];

    [Law]
    public async Task A_reply_that_arrived_before_the_deadline_is_acted_on_is_delivered(
        PausedExchange exchange
    )
    {
        var (clock, stream) = (new TrackingTimeProvider(), new PausedStream());
        await using var client = await AttachAsync(stream, clock, exchange.Pause);

        var results = await SendAsync(client, stream, clock, exchange, exchange.Arrived);
        Assert.Equal(
            Replies(exchange)[..exchange.Arrived],
            results[..exchange.Arrived].Select(TestValues.Right)
        );
        Assert.All(
            results[exchange.Arrived..],
            static result => Assert.IsType<ClientError.TimedOut>(TestValues.Left(result))
        );
    }

    [Law]
    public async Task Two_pauses_lose_no_reply(PausedExchange exchange)
    {
        var (clock, stream) = (new TrackingTimeProvider(), new PausedStream());
        await using var client = await AttachAsync(stream, clock, exchange.Pause);

        for (var pause = 0; pause < 2; pause++)
        {
            var results = await SendAsync(client, stream, clock, exchange, exchange.Requests.Commands.Length);
            Assert.Equal(Replies(exchange), results.Select(TestValues.Right));
        }
    }

    [Law]
    public async Task A_batch_gets_the_replies_that_arrived_during_a_pause(PausedExchange exchange)
    {
        var (clock, stream) = (new TrackingTimeProvider(), new PausedStream());
        await using var requests = new ScriptedStream([
            WireBytes.Utf8(string.Concat(exchange.Requests.Lines.Select(static line => $"{line}\n"))),
        ]);
        var replies = new MemoryStream();
        stream.Arrive(Greeting);
        var sending = Batch.SendAsync(
            stream,
            static _ => Task.CompletedTask,
            ClientOptions.Default with
            {
                TimeProvider = clock,
            },
            requests,
            replies.WriteAsync,
            static _ => { },
            CancellationToken.None
        );
        await PauseAsync(clock, exchange.Pause);
        await stream.WaitForLinesAsync(exchange.Requests.Commands.Length);
        Arrive(stream, exchange, exchange.Arrived);
        await PauseAsync(clock, exchange.Pause);

        // The batch ends if all replies have arrived and the server does not close.
        while (!sending.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var result = TestValues.Right(await sending);
        Assert.Equal(Lines(exchange, exchange.Arrived), replies.ToArray());
        Assert.Equal(
            exchange.Arrived < exchange.Requests.Commands.Length,
            result.Error.Exists(static error => error is ClientError.TimedOut)
        );
    }

    [Fact]
    public async Task A_goodbye_that_arrived_during_a_pause_after_a_failed_write_is_returned()
    {
        var (clock, stream) = (new TrackingTimeProvider(), new PausedStream { FailsWrites = true });
        await using var client = await AttachAsync(stream, clock, TimeSpan.FromSeconds(10));

        var call = client.GetTimeAsync();
        await clock.WaitForTimerAsync(TimeSpan.FromSeconds(1));
        stream.Arrive([WireBytes.Bytes("ERROR SHUTTING_DOWN\n")]);
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(new ClientError.Goodbye(ErrorCode.ShuttingDown), TestValues.Left(await call));
    }

    [Fact]
    public async Task A_reply_that_arrives_during_a_pause_right_after_a_read_is_delivered()
    {
        var (clock, stream) = (new TrackingTimeProvider(), new PausedStream());
        await using var client = await AttachAsync(stream, clock, TimeSpan.FromSeconds(10));

        // The first reply is read after its deadline, so the next read is interrupted, too, and finds nothing.
        var first = client.EchoAsync("first");
        await stream.WaitForLinesAsync(1);
        var second = new TaskCompletionSource<string>();
        stream.OnNothingArrived = async () =>
        {
            var call = client.EchoAsync("second").OrThrow();
            await stream.WaitForLinesAsync(1);
            stream.Arrive([WireBytes.Bytes("ECHO second\n")]);
            clock.Advance(TimeSpan.FromSeconds(10));
            _ = call.ContinueWith(second.SetFromTask, TaskScheduler.Default);
        };
        stream.Arrive([WireBytes.Bytes("ECHO first\n")]);
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("first", await first);
        Assert.Equal("second", await second.Task);
    }

    [Fact]
    public async Task A_reply_that_has_arrived_does_not_time_out_during_a_slow_callback()
    {
        var clock = new TrackingTimeProvider();
        var (writing, mayWrite) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = new InMemoryServer
        {
            BeforeWrite = () =>
            {
                writing.TrySetResult();
                return mayWrite.Task;
            },
        };
        var options = ClientOptions.Default with
        {
            TimeProvider = clock,
            OnLine = line =>
                clock.Advance(TimeSpan.FromSeconds(line.ToString() == "<- ECHO second" ? 10 : 0)),
        };
        await using var client = TestValues.Right(await TinyTcpClient.AttachAsync(server, options));

        // The second and the third share a write, so their replies arrive together.
        var first = client.EchoAsync("first");
        await writing.Task;
        var others = Task.WhenAll(client.EchoAsync("second"), client.EchoAsync("third"));
        mayWrite.SetResult();
        Assert.Equal("first", await first);
        Assert.Equal(["second", "third"], (await others).Select(TestValues.Right));
    }

    /// <summary>Connects; the greeting, too, arrives during a pause.</summary>
    private static async Task<TinyTcpClient> AttachAsync(
        PausedStream stream,
        TrackingTimeProvider clock,
        TimeSpan pause
    )
    {
        stream.Arrive(Greeting);
        var attaching = TinyTcpClient.AttachAsync(
            stream,
            ClientOptions.Default with
            {
                TimeProvider = clock,
            }
        );
        await PauseAsync(clock, pause);
        return TestValues.Right(await attaching);
    }

    /// <summary>Sends the requests, lets some of the replies arrive, and lets time pass until all calls have ended.</summary>
    private static async Task<LanguageExt.Either<ClientError, string>[]> SendAsync(
        TinyTcpClient client,
        PausedStream stream,
        TrackingTimeProvider clock,
        PausedExchange exchange,
        int arrived
    )
    {
        var calls = exchange
            .Requests.Lines.Select(line => client.ExecuteAsync(WireBytes.Utf8(line)))
            .ToArray();
        await stream.WaitForLinesAsync(calls.Length);
        Arrive(stream, exchange, arrived);
        var results = Task.WhenAll(calls);
        while (!results.IsCompleted)
        {
            clock.Advance(exchange.Pause);
            await Task.Yield();
        }

        return await results;
    }

    private static async Task PauseAsync(TrackingTimeProvider clock, TimeSpan pause)
    {
        await clock.WaitForTimersAsync(1);
        clock.Advance(pause);
    }

    private static void Arrive(PausedStream stream, PausedExchange exchange, int count) =>
        stream.Arrive(exchange.Segmentation.Segments(Lines(exchange, count)));

    private static byte[] Lines(PausedExchange exchange, int count) =>
        WireBytes.Utf8(string.Concat(Replies(exchange)[..count].Select(static reply => $"{reply}\n")));

    private static string[] Replies(PausedExchange exchange) =>
        [
            .. exchange.Requests.Commands.Select(static command =>
                Protocol.Render(Protocol.Evaluate(command, TestValues.Moment))
            ),
        ];
}
