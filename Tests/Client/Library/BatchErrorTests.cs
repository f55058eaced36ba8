using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Errors;
using TinyTcp.Tests.Client.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>A batch against a faulty server ends with the right error.</summary>
public class BatchErrorTests
{
    private const string Requests = "ECHO 1\nECHO 2\nECHO 3\n";

    private readonly TrackingTimeProvider clock = new();

    private ClientOptions Options => ClientOptions.Default with { TimeProvider = clock };

    [Law]
    public async Task A_missing_moved_repeated_or_altered_reply_ends_the_batch_with_an_error(
        FaultyExchange exchange
    )
    {
        await using var server = new InMemoryServer(alter: exchange.Defect.Apply);
        string[] lines = [.. exchange.Texts.Select(static text => Latin1($"ECHO {text}\n"))];

        var (result, replies) = await server.SendBatchAsync(string.Concat(lines));
        Assert.Equal(string.Concat(lines[..exchange.Defect.CorrectReplies]), replies);
        Assert.Equal(exchange.Defect.CorrectReplies, result.Replies);
        Assert.Equal(
            exchange.Defect == new ReplyDefect.Drop(lines.Length - 1)
                ? typeof(ClientError.ConnectionLost)
                : typeof(ClientError.ProtocolError),
            TestValues.Given(result.Error).GetType()
        );
    }

    [Theory]
    [InlineData("ECHO   ")]
    [InlineData("ECHO \t")]
    public async Task An_ECHO_without_text_is_not_accepted_as_its_own_reply(string line)
    {
        await using var server = new InMemoryServer(alter: _ => [$"{line}\n"]);
        var (result, replies) = await server.SendBatchAsync($"{line}\n");
        Assert.IsType<ClientError.ProtocolError>(TestValues.Given(result.Error));
        Assert.Equal("", replies);
    }

    [Fact]
    public async Task A_reply_callback_that_throws_TaskCanceledException_is_not_reported_as_a_timeout()
    {
        await using var server = new InMemoryServer();
        await using var requests = new ScriptedStream([WireBytes.Bytes(Requests)]);
        var exception = new TaskCanceledException();
        var sending = Batch.SendAsync(
            server,
            server.ShutdownSendAsync,
            Options,
            requests,
            (_, _) => throw exception,
            static _ => { },
            CancellationToken.None
        );
        Assert.Same(exception, await Assert.ThrowsAsync<TaskCanceledException>(() => sending));
    }

    [Fact]
    public async Task A_close_inside_a_reply_is_a_lost_connection()
    {
        await using var server = new InMemoryServer(alter: static replies => [.. replies[..2], "ECH"]);
        var (result, replies) = await server.SendBatchAsync(Requests);
        Assert.Equal(
            "'ECH'",
            Assert.IsType<ClientError.ConnectionLost>(TestValues.Given(result.Error)).PartialLine
        );
        Assert.Equal("ECHO 1\nECHO 2\n", replies);
    }

    [Fact]
    public async Task A_goodbye_ends_the_batch_with_that_error()
    {
        await using var server = new InMemoryServer(alter: static replies =>
            [replies[0], "ERROR SHUTTING_DOWN\n"]
        );
        var (result, replies) = await server.SendBatchAsync(Requests);
        Assert.Equal(new ClientError.Goodbye(ErrorCode.ShuttingDown), result.Error);
        Assert.Equal((1, "ECHO 1\n"), (result.Replies, replies));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(200_000)]
    public async Task A_server_that_stalls_inside_a_reply_times_out(int length)
    {
        await using var server = new InMemoryServer(alter: static _ => ["ECHO "]) { StaysOpen = true };
        var (result, _) = await AdvanceUntilAsync(
            server.SendBatchAsync([WireBytes.Bytes($"ECHO {new string('x', length)}\n")], Options),
            static () => TimeSpan.FromSeconds(1)
        );
        Assert.IsType<ClientError.TimedOut>(TestValues.Given(result.Error));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \t\n")]
    public async Task The_client_closes_when_the_server_has_replied_to_all_and_does_not_close(string after)
    {
        var received = 0L;
        await using var server = new InMemoryServer { StaysOpen = true };

        // The clock stands still until all replies are received.
        var (result, replies) = await AdvanceUntilAsync(
            server.SendBatchAsync(
                [WireBytes.Bytes(Requests + after)],
                Options,
                count => Volatile.Write(ref received, count)
            ),
            () => TimeSpan.FromSeconds(Volatile.Read(ref received) == 3 ? 1 : 0)
        );
        Assert.Equal((3, 0, true), (result.Replies, result.Errors, result.Error.IsNone));
        Assert.Equal(Requests, replies);
    }

    [Fact]
    public async Task The_client_closes_after_requests_that_cannot_be_read_if_the_server_does_not()
    {
        var received = 0L;
        await using var server = new InMemoryServer { StaysOpen = true };
        await using var requests = new ControlledStream();
        var exception = new IOException("no disk");
        var sending = Batch.SendAsync(
            server,
            server.ShutdownSendAsync,
            Options,
            requests,
            static (_, _) => ValueTask.CompletedTask,
            count => Volatile.Write(ref received, count),
            CancellationToken.None
        );
        await requests.PushAsync(WireBytes.Bytes(Requests));
        requests.Complete(exception);

        // The clock stands still until all replies are received.
        Assert.Same(
            exception,
            await Assert.ThrowsAsync<IOException>(() =>
                AdvanceUntilAsync(
                        sending,
                        () => TimeSpan.FromSeconds(Volatile.Read(ref received) == 3 ? 1 : 0)
                    )
                    .WaitAsync(TimeSpan.FromSeconds(20))
            )
        );
    }

    [Fact]
    public async Task Lines_after_QUIT_get_no_reply_and_the_batch_does_not_wait_for_one()
    {
        await using var server = new InMemoryServer();
        var (result, replies) = await server.SendBatchAsync("TIME\nQUIT\nECHO never\n");
        Assert.Equal("TIME 2025-09-12T17:24:13-05:00\nBYE\n", replies);
        Assert.Equal((2, true), (result.Replies, result.Error.IsNone));
    }

    [Fact]
    public async Task A_refused_connection_gives_an_error_and_no_result()
    {
        await using var requests = new ScriptedStream([]);
        var sent = await Batch.SendAsync(
            TestValues.Right(ServerEndPoint.From($"127.0.0.1:{FakeServer.UnusedPort()}")),
            ClientOptions.Default,
            requests,
            static (_, _) => ValueTask.CompletedTask,
            static _ => { }
        );
        Assert.IsType<ClientError.ConnectFailed>(TestValues.Left(sent));
    }

    private async Task<T> AdvanceUntilAsync<T>(Task<T> task, Func<TimeSpan> step)
    {
        while (!task.IsCompleted)
        {
            clock.Advance(step());
            await Task.Yield();
        }

        return await task;
    }

    private static string Latin1(string characters) => WireBytes.Characters(WireBytes.Utf8(characters));
}
