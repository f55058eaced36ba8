using System.Net;
using StackExchange.Redis;

namespace TinyTcp.Bench.Callers;

/// <summary>StackExchange.Redis.</summary>
internal sealed class RedisEchoClient(ConnectionMultiplexer connection, IServer server) : IEchoClient
{
    public static async Task<IEchoClient> ConnectAsync(int port)
    {
        var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port}");
        return new RedisEchoClient(connection, connection.GetServer(IPAddress.Loopback, port));
    }

    public async Task AwaitEachAsync(string[] texts, int requests)
    {
        for (var request = 0; request < requests; request++)
        {
            var text = texts[request % texts.Length];
            IEchoClient.Check(await server.EchoAsync(text), text);
        }
    }

    public async Task PipelineAsync(string[] texts, int requests)
    {
        var sent = Enumerable
            .Range(0, requests)
            .Select(request => server.EchoAsync(texts[request % texts.Length]));
        var replies = await Task.WhenAll(sent);
        for (var request = 0; request < requests; request++)
        {
            IEchoClient.Check(replies[request], texts[request % texts.Length]);
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
