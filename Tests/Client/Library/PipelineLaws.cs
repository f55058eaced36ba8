using TinyTcp.Client;
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
    public async Task Requests_asked_at_once_each_get_their_own_reply_however_these_are_cut(
        Command[] commands,
        Segmentation cut
    )
    {
        var asked = commands.Where(static command => command != Command.Quit).ToArray();
        await using var server = Truthful.Server(cut);
        await using var client = await server.GreetedAsync();

        var replies = await Task.WhenAll(
            asked.Select(command => client.RawAsync(WireBytes.Utf8(Protocol.Render(command))))
        );
        Assert.Equal(
            asked.Select(static command => Protocol.Render(Protocol.Evaluate(command, TestValues.Moment))),
            replies.Select(TestValues.Right)
        );
    }

    [Law]
    public async Task A_reply_that_is_dropped_repeated_or_out_of_order_is_noticed(
        LineText[] some,
        byte where,
        bool drop
    )
    {
        var texts = some.Select(static (text, number) => $"{number} {text}").Append("last").ToArray();
        await using var server = Tampered.Server(replies =>
            drop ? Drop(replies, where) : Swap(replies, where)
        );
        await using var client = await server.GreetedAsync();

        var answers = await Task.WhenAll(texts.Select(text => client.EchoAsync(text)));
        Assert.Equal(
            texts[..Harmless(texts.Length, where, drop)],
            answers.Where(static answer => answer.IsRight).Select(TestValues.Right)
        );
        Assert.All(
            answers.Where(static answer => answer.IsLeft).Select(TestValues.Left),
            static error =>
                Assert.True(error is ClientError.ProtocolBroken or ClientError.Lost, error.Sentence)
        );
    }

    [Law]
    public async Task Whoever_finds_no_room_waits_for_it_and_none_overtakes_another(byte room, byte requests)
    {
        var (most, heard) = (0, new List<string>());
        await using var server = Peer.Greeting(async caller =>
        {
            while (await caller.HearAsync() is { Length: > 0 } line)
            {
                most = Math.Max(most, caller.Waiting() + line.Length + 1);
                heard.Add(line);
                await caller.SayAsync($"{line}\n");
            }
        });
        var options = ClientOptions.Default with { MaxPipelined = 1 + (room % 4) };
        await using var client = await server.GreetedAsync(options);

        var texts = Enumerable.Range(100, requests % 50).Select(static number => $"{number}").ToArray();
        var echoes = await Task.WhenAll(texts.Select(text => client.EchoAsync(text)));
        Assert.Equal<string>(texts, echoes.Select(TestValues.Right));
        Assert.Equal(texts.Select(static text => $"ECHO {text}"), heard);
        Assert.InRange(most, 0, options.MaxPipelined * "ECHO 100\n".Length);
    }

    [Fact]
    public async Task A_request_that_is_given_up_while_it_waits_for_room_is_not_asked()
    {
        using var giveUp = new CancellationTokenSource();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = Peer.Greeting(async caller =>
        {
            while (await caller.HearAsync() is { Length: > 0 } line)
            {
                await asked.Task;
                await giveUp.CancelAsync();
                await caller.SayAsync($"{line}\n");
            }
        });
        var sent = new List<string>();
        await using var client = await server.GreetedAsync(
            ClientOptions.Default with
            {
                MaxPipelined = 1,
                Observer = line =>
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

    private static int Harmless(int count, int where, bool drop) =>
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
