using LanguageExt;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>QUIT closes the client (C-6), unless the server rejects it.</summary>
public class QuitTests
{
    private const string TimeReply = "TIME 2025-09-12T17:24:13-05:00\n";

    private static readonly ClientOptions WithReconnect = ClientOptions.Default with
    {
        Reconnect = Backoff.Default,
    };

    [Fact]
    public async Task A_request_after_a_rejected_QUIT_gets_its_reply()
    {
        await using var server = FakeServer.StartWithReplies("ERROR BAD_ARGUMENTS\n", TimeReply, TimeReply);
        await using var client = await server.ConnectedClientAsync();

        var quit = client.QuitAsync();
        var next = client.GetTimeAsync();
        Assert.IsType<ClientError.ErrorReply>(TestValues.Left(await quit));
        Assert.Equal(TestValues.Moment, await next);
        Assert.Equal(TestValues.Moment, await client.GetTimeAsync());
    }

    [Fact]
    public async Task A_request_after_an_accepted_QUIT_is_not_sent()
    {
        var (sent, requested) = (new List<string>(), new TaskCompletionSource());
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            await connection.ReadLineAsync();
            await requested.Task;
            await connection.SendAsync("BYE\n");
        });
        await using var client = await server.ConnectedClientAsync(
            WithReconnect with
            {
                OnLine = line =>
                {
                    if (line.Direction == WireDirection.Sent)
                    {
                        sent.Add(line.ToString());
                    }
                },
            }
        );

        var quit = client.QuitAsync();
        var next = client.GetTimeAsync();
        requested.SetResult();
        Assert.Equal(Unit.Default, await quit);
        Assert.Equal(new ClientError.ClientClosed(ClosedBy.Quit), TestValues.Left(await next));
        Assert.Equal(["-> QUIT"], sent);
    }

    [Fact]
    public async Task QuitAsync_does_not_connect()
    {
        var connects = 0;
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            Interlocked.Increment(ref connects);
            await connection.ReadLineAsync();
        });
        await using var client = server.CreateClient(WithReconnect);

        Assert.Equal(Unit.Default, await client.QuitAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.QuitAsync(new CancellationToken(canceled: true))
        );
        Assert.Equal(0, connects);
        var lost = TestValues.Left(await client.GetTimeAsync());
        Assert.Equal(lost, TestValues.Left(await client.QuitAsync()));
        Assert.Equal(1, connects);
    }

    [Fact]
    public async Task A_raw_QUIT_of_any_spelling_closes_the_client()
    {
        var received = new List<string>();
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            received.Add(await connection.ReadLineAsync());
            await connection.SendAsync("bye \n");
        });
        await using var client = await server.ConnectedClientAsync();

        Assert.Equal("bye ", await client.ExecuteAsync(WireBytes.Utf8(" quIT please")));
        Assert.Equal([" quIT please"], received);
        Assert.Equal(
            new ClientError.ClientClosed(ClosedBy.Quit),
            TestValues.Left(await client.GetTimeAsync())
        );
    }

    [Fact]
    public async Task A_cancelled_QUIT_still_closes_the_client()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            await connection.ReadLineAsync();
            await connection.SendAsync("BYE\n");
            await cancellation.CancelAsync();
        });
        await using var client = await server.ConnectedClientAsync();

        var quit = client.QuitAsync(cancellation.Token);
        await Task.WhenAny(quit);
        Assert.True(quit.IsCanceled || quit.IsCompletedSuccessfully);
        Assert.Equal(
            new ClientError.ClientClosed(ClosedBy.Quit),
            TestValues.Left(await client.GetTimeAsync())
        );
    }
}
