using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>A client that leaves, or wants to (C-6).</summary>
public class QuitTests
{
    private const string Time = "TIME 2025-09-12T17:24:13-05:00\n";

    private static readonly ClientOptions Again = ClientOptions.Default with { Reconnect = Backoff.Default };

    [Fact]
    public async Task What_is_asked_behind_a_QUIT_that_is_refused_is_answered_all_the_same()
    {
        await using var server = Peer.Answering("ERROR BAD_ARGUMENTS\n", Time, Time);
        await using var client = await server.GreetedAsync();

        var quitting = client.QuitAsync();
        var behind = client.TimeAsync();
        Assert.IsType<ClientError.Refused>(TestValues.Left(await quitting));
        Assert.Equal(TestValues.Moment, await behind);
        Assert.Equal(TestValues.Moment, await client.TimeAsync());
    }

    [Fact]
    public async Task What_is_asked_behind_a_QUIT_that_is_answered_is_not_sent()
    {
        var (sent, asked) = (new List<string>(), new TaskCompletionSource());
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.HearAsync();
            await asked.Task;
            await caller.SayAsync("BYE\n");
        });
        await using var client = await server.GreetedAsync(
            Again with
            {
                Observer = line =>
                {
                    if (line.Direction == WireDirection.Sent)
                    {
                        sent.Add(line.ToString());
                    }
                },
            }
        );

        var quitting = client.QuitAsync();
        var behind = client.TimeAsync();
        asked.SetResult();
        Assert.Equal(Unit.Default, await quitting);
        Assert.Equal(new ClientError.Over(EndedBy.Quit), TestValues.Left(await behind));
        Assert.Equal(["-> QUIT"], sent);
    }

    [Fact]
    public async Task Nothing_is_connected_to_in_order_to_leave()
    {
        var calls = 0;
        await using var server = Peer.Greeting(async caller =>
        {
            Interlocked.Increment(ref calls);
            await caller.HearAsync();
        });
        await using var client = TestValues.Right(
            TinyTcpClient.Create(TestValues.Right(Target.From(server.Address)), Again)
        );

        Assert.Equal(Unit.Default, await client.QuitAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.QuitAsync(new CancellationToken(canceled: true))
        );
        Assert.Equal(0, calls);
        var lost = TestValues.Left(await client.TimeAsync());
        Assert.Equal(lost, TestValues.Left(await client.QuitAsync()));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task A_QUIT_that_is_written_oddly_is_sent_so_and_is_one()
    {
        var heard = new List<string>();
        await using var server = Peer.Greeting(async caller =>
        {
            heard.Add(await caller.HearAsync());
            await caller.SayAsync("bye \n");
        });
        await using var client = await server.GreetedAsync();

        Assert.Equal("bye ", await client.RawAsync(WireBytes.Utf8(" quIT please")));
        Assert.Equal([" quIT please"], heard);
        Assert.Equal(new ClientError.Over(EndedBy.Quit), TestValues.Left(await client.TimeAsync()));
    }

    [Fact]
    public async Task A_QUIT_that_is_given_up_ends_the_conversation_without_its_caller()
    {
        using var giveUp = new CancellationTokenSource();
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.HearAsync();
            await caller.SayAsync("BYE\n");
            await giveUp.CancelAsync();
        });
        await using var client = await server.GreetedAsync();

        var quitting = client.QuitAsync(giveUp.Token);
        await Task.WhenAny(quitting);
        Assert.True(quitting.IsCanceled || quitting.IsCompletedSuccessfully);
        Assert.Equal(new ClientError.Over(EndedBy.Quit), TestValues.Left(await client.TimeAsync()));
    }
}
