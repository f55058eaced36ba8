using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Client.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Requests that wait for the connection are sent in the order in which they were made.</summary>
public class RequestOrderLaws
{
    [Law]
    public async Task Requests_made_during_a_connect_are_sent_in_order(RequestList requests)
    {
        var (server, mayConnect) = (new InMemoryServer(), new TaskCompletionSource());
        await using var manager = CreateManager(server, mayConnect.Task, ClientOptions.Default);
        var pending = requests.Lines.Select(CreateRequest).ToArray();
        var quit = CreateRequest("QUIT");

        Array.ForEach(pending, manager.Send);
        Assert.True(manager.TrySendOnCurrent(quit));
        mayConnect.SetResult();
        Assert.All(
            await Task.WhenAll(pending.Append(quit).Select(static request => request.Task)),
            static result => Assert.True(result.IsRight)
        );
        AssertSent([.. requests.Lines, "QUIT"], server);
    }

    [Fact]
    public async Task A_request_made_while_the_queue_is_flushed_is_sent_last()
    {
        var (server, mayConnect) = (new InMemoryServer(), new TaskCompletionSource());
        var (first, second, last) = (CreateRequest("ECHO 1"), CreateRequest("ECHO 2"), CreateRequest("TIME"));
        var manager = default(ConnectionManager);
        manager = CreateManager(
            server,
            mayConnect.Task,
            ClientOptions.Default with
            {
                OnLine = line =>
                {
                    if (line.ToString() == "-> ECHO 1")
                    {
                        manager!.Send(last);
                    }
                },
            }
        );

        manager.Send(first);
        manager.Send(second);
        mayConnect.SetResult();
        Assert.True((await last.Task).IsRight);
        AssertSent(["ECHO 1", "ECHO 2", "TIME"], server);
        await manager.DisposeAsync();
    }

    private static RawRequest CreateRequest(string line) => new(ByteString.From(WireBytes.Utf8(line)));

    private static ConnectionManager CreateManager(
        InMemoryServer server,
        Task mayConnect,
        ClientOptions options
    ) =>
        ConnectionManagerTests.CreateManager(
            options,
            async token =>
            {
                await mayConnect;
                return await GreetedStream.OpenAsync(server, options, token);
            }
        );

    private static void AssertSent(string[] lines, InMemoryServer server) =>
        Assert.Equal(
            WireBytes.Characters(WireBytes.Utf8(string.Concat(lines.Select(static line => $"{line}\n")))),
            string.Concat(server.Writes)
        );
}
