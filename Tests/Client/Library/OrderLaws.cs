using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Requests that wait for a connection leave in the order in which they were asked.</summary>
public class OrderLaws
{
    [Law]
    public async Task None_overtakes_another_while_a_connection_is_made(byte requests)
    {
        var heard = new List<string>();
        await using var server = Listening(heard, Task.CompletedTask);
        await using var client = Created(server, ClientOptions.Default);

        var texts = Enumerable.Range(0, 1 + (requests % 50)).Select(static at => $"{at}").ToArray();
        var asking = texts.Select(text => client.EchoAsync(text)).ToArray();
        Assert.Equal(Unit.Default, await client.QuitAsync());
        Assert.Equal<string>(texts, (await Task.WhenAll(asking)).Select(TestValues.Right));
        Assert.Equal([.. texts.Select(static text => $"ECHO {text}"), "QUIT"], heard);
    }

    [Fact]
    public async Task What_is_asked_while_those_before_are_taken_up_comes_after_them()
    {
        var (heard, asked) = (new List<string>(), new TaskCompletionSource());
        var (client, late) = (default(TinyTcpClient), Task.FromResult(default(Either<ClientError, string>)));
        await using var server = Listening(heard, asked.Task);
        client = Created(
            server,
            ClientOptions.Default with
            {
                Observer = line =>
                {
                    if (line.ToString() == "-> ECHO 1")
                    {
                        late = client!.EchoAsync("late");
                    }
                },
            }
        );

        var asking = Enumerable.Range(1, 3).Select(at => client.EchoAsync($"{at}")).ToArray();
        asked.SetResult();
        await Task.WhenAll(asking);
        Assert.Equal("late", await late);
        Assert.Equal(["ECHO 1", "ECHO 2", "ECHO 3", "ECHO late"], heard);
        await client.DisposeAsync();
    }

    /// <summary>A server that greets when it may, gives back what it hears, and says BYE to a QUIT.</summary>
    private static Peer Listening(List<string> heard, Task greets) =>
        Peer.Playing(async caller =>
        {
            await greets;
            await caller.SayAsync("WELCOME, test\n");
            while (await caller.HearAsync() is { Length: > 0 } line)
            {
                heard.Add(line);
                await caller.SayAsync(line == "QUIT" ? "BYE\n" : $"{line}\n");
                if (line == "QUIT")
                {
                    return;
                }
            }
        });

    private static TinyTcpClient Created(Peer server, ClientOptions options) =>
        TestValues.Right(TinyTcpClient.Create(TestValues.Right(Target.From(server.Address)), options));
}
