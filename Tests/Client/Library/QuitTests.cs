using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>A client that leaves, or wants to (C-6).</summary>
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

        var quitting = client.QuitAsync();
        var behind = client.GetTimeAsync();
        Assert.IsType<ClientError.ErrorReply>(TestValues.Left(await quitting));
        Assert.Equal(TestValues.Moment, await behind);
        Assert.Equal(TestValues.Moment, await client.GetTimeAsync());
    }

    [Fact]
    public async Task A_request_after_an_accepted_QUIT_is_not_sent()
    {
        var (sent, asked) = (new List<string>(), new TaskCompletionSource());
        await using var server = FakeServer.StartWithGreeting(async caller =>
        {
            await caller.ReadLineAsync();
            await asked.Task;
            await caller.SendAsync("BYE\n");
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

        var quitting = client.QuitAsync();
        var behind = client.GetTimeAsync();
        asked.SetResult();
        Assert.Equal(Unit.Default, await quitting);
        Assert.Equal(new ClientError.ClientClosed(ClosedBy.Quit), TestValues.Left(await behind));
        Assert.Equal(["-> QUIT"], sent);
    }

    [Fact]
    public async Task QuitAsync_does_not_connect()
    {
        var calls = 0;
        await using var server = FakeServer.StartWithGreeting(async caller =>
        {
            Interlocked.Increment(ref calls);
            await caller.ReadLineAsync();
        });
        await using var client = TestValues.Right(
            TinyTcpClient.Create(TestValues.Right(ServerEndPoint.From(server.Address)), WithReconnect)
        );

        Assert.Equal(Unit.Default, await client.QuitAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.QuitAsync(new CancellationToken(canceled: true))
        );
        Assert.Equal(0, calls);
        var lost = TestValues.Left(await client.GetTimeAsync());
        Assert.Equal(lost, TestValues.Left(await client.QuitAsync()));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task A_raw_QUIT_of_any_spelling_closes_the_client()
    {
        var heard = new List<string>();
        await using var server = FakeServer.StartWithGreeting(async caller =>
        {
            heard.Add(await caller.ReadLineAsync());
            await caller.SendAsync("bye \n");
        });
        await using var client = await server.ConnectedClientAsync();

        Assert.Equal("bye ", await client.ExecuteAsync(WireBytes.Utf8(" quIT please")));
        Assert.Equal([" quIT please"], heard);
        Assert.Equal(
            new ClientError.ClientClosed(ClosedBy.Quit),
            TestValues.Left(await client.GetTimeAsync())
        );
    }

    [Fact]
    public async Task A_cancelled_QUIT_still_closes_the_client()
    {
        using var giveUp = new CancellationTokenSource();
        await using var server = FakeServer.StartWithGreeting(async caller =>
        {
            await caller.ReadLineAsync();
            await caller.SendAsync("BYE\n");
            await giveUp.CancelAsync();
        });
        await using var client = await server.ConnectedClientAsync();

        var quitting = client.QuitAsync(giveUp.Token);
        await Task.WhenAny(quitting);
        Assert.True(quitting.IsCanceled || quitting.IsCompletedSuccessfully);
        Assert.Equal(
            new ClientError.ClientClosed(ClosedBy.Quit),
            TestValues.Left(await client.GetTimeAsync())
        );
    }
}
