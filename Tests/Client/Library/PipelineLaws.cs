using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Many requests at once on one connection: each gets its own reply, or a client that knows that it does not.</summary>
public class PipelineLaws
{
    [Law]
    public async Task Pipelined_requests_each_get_their_own_reply_under_any_segmentation(
        Command[] commands,
        Segmentation segmentation
    )
    {
        var asked = commands.Where(static command => command != Command.Quit).ToArray();
        await using var server = ReferenceServer.Start(segmentation);
        await using var client = await server.ConnectedClientAsync();

        var replies = await Task.WhenAll(
            asked.Select(command => client.ExecuteAsync(WireBytes.Utf8(Protocol.Render(command))))
        );
        Assert.Equal(
            asked.Select(static command => Protocol.Render(Protocol.Evaluate(command, TestValues.Moment))),
            replies.Select(TestValues.Right)
        );
    }

    [Law]
    public async Task A_dropped_or_reordered_reply_is_detected(LineText[] some, byte index, bool drop)
    {
        var texts = some.Select(static (text, number) => $"{number} {text}").Append("last").ToArray();
        await using var server = FaultyServer.Start(replies =>
            drop ? Drop(replies, index) : Swap(replies, index)
        );
        await using var client = await server.ConnectedClientAsync();

        var answers = await Task.WhenAll(texts.Select(text => client.EchoAsync(text)));
        Assert.Equal(
            texts[..CorrectReplies(texts.Length, index, drop)],
            answers.Where(static answer => answer.IsRight).Select(TestValues.Right)
        );
        Assert.All(
            answers.Where(static answer => answer.IsLeft).Select(TestValues.Left),
            static error =>
                Assert.True(error is ClientError.ProtocolError or ClientError.ConnectionLost, error.Message)
        );
    }

    [Law]
    public async Task Requests_over_MaxPendingRequests_wait_in_order(byte limit, byte requests)
    {
        var (most, heard) = (0, new List<string>());
        await using var server = FakeServer.StartWithGreeting(async caller =>
        {
            while (await caller.ReadLineAsync() is { Length: > 0 } line)
            {
                most = Math.Max(most, caller.AvailableBytes() + line.Length + 1);
                heard.Add(line);
                await caller.SendAsync($"{line}\n");
            }
        });
        var options = ClientOptions.Default with { MaxPendingRequests = 1 + (limit % 4) };
        await using var client = await server.ConnectedClientAsync(options);

        var texts = Enumerable.Range(100, requests % 50).Select(static number => $"{number}").ToArray();
        var echoes = await Task.WhenAll(texts.Select(text => client.EchoAsync(text)));
        Assert.Equal<string>(texts, echoes.Select(TestValues.Right));
        Assert.Equal(texts.Select(static text => $"ECHO {text}"), heard);
        Assert.InRange(most, 0, options.MaxPendingRequests * "ECHO 100\n".Length);
    }

    [Fact]
    public async Task A_request_cancelled_while_queued_is_not_sent()
    {
        using var giveUp = new CancellationTokenSource();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = FakeServer.StartWithGreeting(async caller =>
        {
            while (await caller.ReadLineAsync() is { Length: > 0 } line)
            {
                await asked.Task;
                await giveUp.CancelAsync();
                await caller.SendAsync($"{line}\n");
            }
        });
        var sent = new List<string>();
        await using var client = await server.ConnectedClientAsync(
            ClientOptions.Default with
            {
                MaxPendingRequests = 1,
                OnLine = line =>
                {
                    if (line.Direction == WireDirection.Sent)
                    {
                        sent.Add(line.ToString());
                    }
                },
            }
        );

        var first = client.EchoAsync("first");
        var second = client.EchoAsync("second", giveUp.Token);
        var third = client.EchoAsync("third");
        asked.SetResult();
        Assert.Equal("first", await first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal("third", await third);
        Assert.Equal(["-> ECHO first", "-> ECHO third"], sent);
    }

    private static int CorrectReplies(int count, int where, bool drop) =>
        drop ? where % count
        : count > 1 ? where % (count - 1)
        : count;

    private static string[] Drop(string[] replies, int where) =>
        [.. replies.Where((_, at) => at != where % replies.Length)];

    private static string[] Swap(string[] replies, int where)
    {
        string[] swapped = [.. replies];
        if (swapped.Length > 1)
        {
            var at = where % (swapped.Length - 1);
            (swapped[at], swapped[at + 1]) = (swapped[at + 1], swapped[at]);
        }

        return swapped;
    }
}
