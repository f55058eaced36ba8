using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Errors;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>A batch against servers that do not keep to the protocol: the right error each time, and never a hang.</summary>
public class BatchErrorTests
{
    private const string Requests = "ECHO 1\nECHO 2\nECHO 3\nECHO last\n";

    [Theory]
    [InlineData("dropped", "ECHO 1\n")]
    [InlineData("repeated", "ECHO 1\nECHO 2\n")]
    [InlineData("swapped", "ECHO 1\n")]
    [InlineData("of another kind", "ECHO 1\n")]
    [InlineData("no reply", "ECHO 1\n")]
    [InlineData("one too many", Requests)]
    public async Task A_reply_that_does_not_match_its_request_is_a_protocol_error(
        string defect,
        string before
    )
    {
        await using var server = FaultyServer.Start(replies => Alter(defect, replies));
        var (outcome, printed) = await SendAsync(server);
        Assert.IsType<ClientError.ProtocolError>(TestValues.Given(outcome.Error));
        Assert.Equal(before, printed);
    }

    [Theory]
    [InlineData("ECHO   ")]
    [InlineData("ECHO \t")]
    public async Task An_ECHO_without_text_is_not_accepted_as_its_own_reply(string line)
    {
        await using var server = FakeServer.StartWithGreeting(async caller =>
            await caller.SendAsync($"{await caller.ReadLineAsync()}\n")
        );
        var (outcome, printed) = await SendAsync(server, ClientOptions.Default, lines: $"{line}\n");
        Assert.IsType<ClientError.ProtocolError>(TestValues.Given(outcome.Error));
        Assert.Equal("", printed);
    }

    [Fact]
    public async Task A_reply_callback_that_throws_TaskCanceledException_is_not_reported_as_a_timeout()
    {
        await using var server = ReferenceServer.Start();
        await using var requests = new ScriptedStream([WireBytes.Bytes(Requests)]);
        var sending = Batch.SendAsync(
            TestValues.Right(ServerEndPoint.From(server.Address)),
            ClientOptions.Default,
            requests,
            static (_, _) => throw new TaskCanceledException("the caller's own"),
            static _ => { }
        );
        var thrown = await Assert.ThrowsAsync<TaskCanceledException>(() => sending);
        Assert.Equal("the caller's own", thrown.Message);
    }

    [Theory]
    [InlineData("closed early", "ECHO 1\nECHO 2\n", "")]
    [InlineData("cut", "ECHO 1\nECHO 2\n", "'ECH'")]
    [InlineData("last one dropped", "ECHO 1\nECHO 2\nECHO 3\n", "")]
    public async Task A_close_before_the_last_reply_is_a_lost_connection(
        string defect,
        string before,
        string partialLine
    )
    {
        await using var server = FaultyServer.Start(replies => Alter(defect, replies));
        var (outcome, printed) = await SendAsync(server);
        var lost = Assert.IsType<ClientError.ConnectionLost>(TestValues.Given(outcome.Error));
        Assert.Equal(partialLine, lost.PartialLine);
        Assert.Equal(before, printed);
    }

    [Fact]
    public async Task A_goodbye_ends_the_batch_with_that_error()
    {
        await using var server = FaultyServer.Start(static replies => [replies[0], "ERROR SHUTTING_DOWN\n"]);
        var (outcome, printed) = await SendAsync(server);
        Assert.Equal(new ClientError.Goodbye(ErrorCode.ShuttingDown), outcome.Error);
        Assert.Equal((1, "ECHO 1\n"), (outcome.Replies, printed));
    }

    [Fact]
    public async Task A_server_that_stalls_times_out()
    {
        var clock = new TrackingTimeProvider();
        var stalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = FakeServer.StartWithGreeting(async caller =>
        {
            var replies = await FaultyServer.ReadCorrectRepliesAsync(caller);
            await caller.SendAsync(replies[0] + "ECHO ");
            stalled.SetResult();
            await caller.HoldOpenAsync();
        });

        var sending = SendAsync(server, ClientOptions.Default with { TimeProvider = clock });
        await stalled.Task;
        while (!sending.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var (outcome, _) = await sending;
        Assert.IsType<ClientError.TimedOut>(TestValues.Given(outcome.Error));
        Assert.InRange(outcome.Replies, 0, 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \t\n")]
    public async Task The_client_closes_when_the_server_has_replied_to_all_and_does_not_close(string after)
    {
        var clock = new TrackingTimeProvider();
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = FakeServer.StartWithGreeting(async caller =>
        {
            await caller.SendAsync(string.Concat(await FaultyServer.ReadCorrectRepliesAsync(caller)));
            said.SetResult();
            await caller.HoldOpenAsync();
        });

        var answered = 0L;
        var sending = SendAsync(
            server,
            ClientOptions.Default with
            {
                TimeProvider = clock,
            },
            count => answered = count,
            Requests + after
        );
        await said.Task;
        while (!sending.IsCompleted)
        {
            // The clock stands still until the replies are there: they are not late.
            clock.Advance(TimeSpan.FromSeconds(Volatile.Read(ref answered) == 4 ? 1 : 0));
            await Task.Yield();
        }

        var (outcome, printed) = await sending;
        Assert.Equal((4, 0, true), (outcome.Replies, outcome.Errors, outcome.Error.IsNone));
        Assert.Equal(Requests, printed);
    }

    [Fact]
    public async Task Lines_after_QUIT_get_no_reply_and_the_batch_does_not_wait_for_one()
    {
        await using var server = ReferenceServer.Start();
        var (outcome, printed) = await BatchLaws.SendAsync(
            server,
            [WireBytes.Bytes("TIME\nQUIT\nECHO never\n")],
            ClientOptions.Default
        );
        Assert.Equal("TIME 2025-09-12T17:24:13-05:00\nBYE\n", printed);
        Assert.Equal((2, true), (outcome.Replies, outcome.Error.IsNone));
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

    private static Task<(BatchResult Outcome, string Printed)> SendAsync(FakeServer server) =>
        BatchLaws.SendAsync(server, [WireBytes.Bytes(Requests)], ClientOptions.Default);

    private static async Task<(BatchResult Outcome, string Printed)> SendAsync(
        FakeServer server,
        ClientOptions options,
        Action<long>? onProgress = null,
        string lines = Requests
    )
    {
        var printed = new MemoryStream();
        await using var requests = new ScriptedStream([WireBytes.Bytes(lines)]);
        var sent = await Batch.SendAsync(
            TestValues.Right(ServerEndPoint.From(server.Address)),
            options,
            requests,
            printed.WriteAsync,
            onProgress ?? (static _ => { })
        );
        return (TestValues.Right(sent), WireBytes.Characters(printed.ToArray()));
    }

    private static string[] Alter(string defect, string[] right) =>
        defect switch
        {
            "dropped" => [right[0], .. right[2..]],
            "repeated" => [.. right[..2], right[1], .. right[2..]],
            "swapped" => [right[0], right[2], right[1], right[3]],
            "of another kind" => [right[0], "TIME 2025-09-12T17:24:13-05:00\n", .. right[2..]],
            "no reply" => [right[0], "OK\n", .. right[2..]],
            "one too many" => [.. right, right[3]],
            "closed early" => right[..2],
            "cut" => [.. right[..2], "ECH"],
            _ => right[..3],
        };
}
