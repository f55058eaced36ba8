using TinyTcp.Client;
using TinyTcp.Core.Errors;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>A batch against servers that do not keep to the protocol: the right error each time, and never a hang.</summary>
public class BatchFaultTests
{
    private const string Requests = "ECHO 1\nECHO 2\nECHO 3\nECHO last\n";

    [Theory]
    [InlineData("dropped", "ECHO 1\n")]
    [InlineData("repeated", "ECHO 1\nECHO 2\n")]
    [InlineData("swapped", "ECHO 1\n")]
    [InlineData("of another kind", "ECHO 1\n")]
    [InlineData("no reply", "ECHO 1\n")]
    [InlineData("one too many", Requests)]
    public async Task A_reply_that_is_not_its_requests_breaks_the_protocol(string how, string before)
    {
        await using var server = Tampered.Server(replies => Tamper(how, replies));
        var (outcome, printed) = await SendAsync(server);
        Assert.IsType<ClientError.ProtocolBroken>(TestValues.Given(outcome.Error));
        Assert.Equal(before, printed);
    }

    [Theory]
    [InlineData("ECHO   ")]
    [InlineData("ECHO \t")]
    public async Task A_line_that_asks_for_nothing_is_not_its_own_reply(string line)
    {
        await using var server = Peer.Greeting(async caller =>
            await caller.SayAsync($"{await caller.HearAsync()}\n")
        );
        var (outcome, printed) = await SendAsync(server, ClientOptions.Default, lines: $"{line}\n");
        Assert.IsType<ClientError.ProtocolBroken>(TestValues.Given(outcome.Error));
        Assert.Equal("", printed);
    }

    [Fact]
    public async Task What_takes_the_replies_and_gives_up_is_not_a_server_that_is_late()
    {
        await using var server = Truthful.Server();
        await using var requests = new ScriptedStream([WireBytes.Bytes(Requests)]);
        var sending = Batch.SendAsync(
            TestValues.Right(Target.From(server.Address)),
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
    public async Task A_server_that_closes_before_all_is_answered_is_lost(
        string how,
        string before,
        string begun
    )
    {
        await using var server = Tampered.Server(replies => Tamper(how, replies));
        var (outcome, printed) = await SendAsync(server);
        var lost = Assert.IsType<ClientError.Lost>(TestValues.Given(outcome.Error));
        Assert.Equal(begun, lost.Begun);
        Assert.Equal(before, printed);
    }

    [Fact]
    public async Task A_goodbye_is_told_as_what_it_is()
    {
        await using var server = Tampered.Server(static replies => [replies[0], "ERROR SHUTTING_DOWN\n"]);
        var (outcome, printed) = await SendAsync(server);
        Assert.Equal(new ClientError.Goodbye(ErrorCode.ShuttingDown), outcome.Error);
        Assert.Equal((1, "ECHO 1\n"), (outcome.Replies, printed));
    }

    [Fact]
    public async Task A_server_that_stalls_is_given_up_after_the_time_out()
    {
        var clock = new AlarmClock();
        var stalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = Peer.Greeting(async caller =>
        {
            var replies = await Tampered.RepliesAsync(caller);
            await caller.SayAsync(replies[0] + "ECHO ");
            stalled.SetResult();
            await caller.HoldAsync();
        });

        var sending = SendAsync(server, ClientOptions.Default with { Time = clock });
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
    public async Task A_server_that_answers_everything_and_does_not_close_is_left(string after)
    {
        var clock = new AlarmClock();
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.SayAsync(string.Concat(await Tampered.RepliesAsync(caller)));
            said.SetResult();
            await caller.HoldAsync();
        });

        var answered = 0L;
        var sending = SendAsync(
            server,
            ClientOptions.Default with
            {
                Time = clock,
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
        Assert.Equal((4, 0, true), (outcome.Replies, outcome.Refusals, outcome.Error.IsNone));
        Assert.Equal(Requests, printed);
    }

    [Fact]
    public async Task Lines_after_QUIT_get_no_reply_and_are_not_waited_for()
    {
        await using var server = Truthful.Server();
        var (outcome, printed) = await BatchLaws.SendAsync(
            server,
            [WireBytes.Bytes("TIME\nQUIT\nECHO never\n")],
            ClientOptions.Default
        );
        Assert.Equal("TIME 2025-09-12T17:24:13-05:00\nBYE\n", printed);
        Assert.Equal((2, true), (outcome.Replies, outcome.Error.IsNone));
    }

    [Fact]
    public async Task Where_nobody_listens_there_is_no_outcome()
    {
        await using var requests = new ScriptedStream([]);
        var sent = await Batch.SendAsync(
            TestValues.Right(Target.From($"127.0.0.1:{Peer.PortOfNobody()}")),
            ClientOptions.Default,
            requests,
            static (_, _) => ValueTask.CompletedTask,
            static _ => { }
        );
        Assert.IsType<ClientError.NotConnected>(TestValues.Left(sent));
    }

    private static Task<(BatchOutcome Outcome, string Printed)> SendAsync(Peer server) =>
        BatchLaws.SendAsync(server, [WireBytes.Bytes(Requests)], ClientOptions.Default);

    private static async Task<(BatchOutcome Outcome, string Printed)> SendAsync(
        Peer server,
        ClientOptions options,
        Action<long>? answered = null,
        string lines = Requests
    )
    {
        var printed = new MemoryStream();
        await using var requests = new ScriptedStream([WireBytes.Bytes(lines)]);
        var sent = await Batch.SendAsync(
            TestValues.Right(Target.From(server.Address)),
            options,
            requests,
            printed.WriteAsync,
            answered ?? (static _ => { })
        );
        return (TestValues.Right(sent), WireBytes.Characters(printed.ToArray()));
    }

    private static string[] Tamper(string how, string[] right) =>
        how switch
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
