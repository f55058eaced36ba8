using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Verbs;
using TinyTcp.Tests.Client.Generators;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Concurrent requests on one connection each get their own reply, or the error of a faulty server.</summary>
public class PipelineLaws
{
    // law:begin
    [Law]
    public async Task Pipelined_requests_each_get_their_own_reply_under_any_segmentation(
        RequestList requests,
        Segmentation segmentation
    )
    {
        await using var client = await AttachAsync(new InMemoryServer(segmentation), ClientOptions.Default);

        var replies = await Task.WhenAll(
            requests.Lines.Select(line => client.ExecuteAsync(WireBytes.Utf8(line)))
        );
        Assert.Equal(
            requests.Commands.Select(static command =>
                Protocol.Render(Protocol.Evaluate(command, TestValues.Moment))
            ),
            replies.Select(TestValues.Right)
        );
    }

    // law:end

    [Law]
    public async Task A_missing_moved_repeated_or_altered_reply_is_a_protocol_error(FaultyExchange exchange)
    {
        await using var client = await AttachAsync(
            new InMemoryServer(alter: exchange.Defect.Apply),
            ClientOptions.Default
        );

        var echoes = exchange.Texts.Select(text => client.EchoAsync(text)).ToArray();
        var quit = await client.QuitAsync();
        var results = await Task.WhenAll(echoes);
        var correct = exchange.Defect.CorrectReplies;
        Assert.Equal(exchange.Texts[..correct], results[..correct].Select(TestValues.Right));
        Assert.All(
            [.. results[correct..].Select(TestValues.Left), TestValues.Left(quit)],
            static error => Assert.IsType<ClientError.ProtocolError>(error)
        );
    }

    [Law]
    public async Task Requests_over_MaxPendingRequests_wait_in_order(RequestList requests, PendingLimit limit)
    {
        var sent = new List<string>();
        var options = ClientOptions.Default with
        {
            MaxPendingRequests = limit.Value,
            OnLine = line =>
            {
                if (line.Direction == WireDirection.Sent)
                {
                    sent.Add(System.Text.Encoding.UTF8.GetString(line.Bytes));
                }
            },
        };
        var server = new InMemoryServer();
        await using var client = await AttachAsync(server, options);

        var results = await Task.WhenAll(
            requests.Lines.Select(line => client.ExecuteAsync(WireBytes.Utf8(line)))
        );
        Assert.All(results, static result => Assert.True(result.IsRight));
        Assert.Equal(requests.Lines, sent);
        Assert.InRange(server.MaxUnreadReplies, 1, limit.Value);
    }

    [Fact]
    public async Task A_request_cancelled_while_queued_is_not_sent()
    {
        using var cancellation = new CancellationTokenSource();
        var requested = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new InMemoryServer
        {
            BeforeWrite = async () =>
            {
                await requested.Task;
                await cancellation.CancelAsync();
            },
        };
        await using var client = await AttachAsync(
            server,
            ClientOptions.Default with
            {
                MaxPendingRequests = 1,
            }
        );

        var first = client.EchoAsync("first");
        var second = client.EchoAsync("second", cancellation.Token);
        var third = client.EchoAsync("third");
        requested.SetResult();
        Assert.Equal("first", await first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal("third", await third);
        Assert.Equal(["ECHO first\n", "ECHO third\n"], server.Writes);
    }

    private static async Task<TinyTcpClient> AttachAsync(InMemoryServer server, ClientOptions options) =>
        TestValues.Right(await TinyTcpClient.AttachAsync(server, options));
}
