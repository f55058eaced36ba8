using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Requests that wait for a connection leave in the order in which they were asked.</summary>
public class RequestOrderLaws
{
    [Law]
    public async Task Requests_made_during_a_connect_are_sent_in_order(byte requests)
    {
        var heard = new List<string>();
        await using var server = StartEchoServer(heard, Task.CompletedTask);
        await using var client = CreateClient(server, ClientOptions.Default);

        var texts = Enumerable.Range(0, 1 + (requests % 50)).Select(static at => $"{at}").ToArray();
        var asking = texts.Select(text => client.EchoAsync(text)).ToArray();
        Assert.Equal(Unit.Default, await client.QuitAsync());
        Assert.Equal<string>(texts, (await Task.WhenAll(asking)).Select(TestValues.Right));
        Assert.Equal([.. texts.Select(static text => $"ECHO {text}"), "QUIT"], heard);
    }

    [Fact]
    public async Task A_request_made_while_the_queue_is_flushed_is_sent_last()
    {
        var (heard, asked) = (new List<string>(), new TaskCompletionSource());
        var (client, late) = (default(TinyTcpClient), Task.FromResult(default(Either<ClientError, string>)));
        await using var server = StartEchoServer(heard, asked.Task);
        client = CreateClient(
            server,
            ClientOptions.Default with
            {
                OnLine = line =>
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
    private static FakeServer StartEchoServer(List<string> received, Task mayGreet) =>
        FakeServer.Start(async caller =>
        {
            await mayGreet;
            await caller.SendAsync("WELCOME, test\n");
            while (await caller.ReadLineAsync() is { Length: > 0 } line)
            {
                received.Add(line);
                await caller.SendAsync(line == "QUIT" ? "BYE\n" : $"{line}\n");
                if (line == "QUIT")
                {
                    return;
                }
            }
        });

    private static TinyTcpClient CreateClient(FakeServer server, ClientOptions options) =>
        TestValues.Right(
            TinyTcpClient.Create(TestValues.Right(ServerEndPoint.From(server.Address)), options)
        );
}
