using TinyTcp.Client;

namespace TinyTcp.Bench.Callers;

/// <summary>TinyTcp.Client. This file alone uses the library.</summary>
internal sealed class TinyTcpEchoClient(TinyTcpClient client) : IEchoClient
{
    public static async Task<IEchoClient> ConnectAsync(int port)
    {
        return new TinyTcpEchoClient(await TinyTcpClient.ConnectAsync("127.0.0.1", port).OrThrow());
    }

    public async Task AwaitEachAsync(string[] texts, int requests)
    {
        for (var request = 0; request < requests; request++)
        {
            var text = texts[request % texts.Length];
            var reply = await client.EchoAsync(text);
            IEchoClient.Check(reply.IsRight ? (string)reply : null, text);
        }
    }

    public async Task PipelineAsync(string[] texts, int requests)
    {
        var sent = Enumerable
            .Range(0, requests)
            .Select(request => client.EchoAsync(texts[request % texts.Length]));
        var replies = await Task.WhenAll(sent);
        for (var request = 0; request < requests; request++)
        {
            var reply = replies[request];
            IEchoClient.Check(reply.IsRight ? (string)reply : null, texts[request % texts.Length]);
        }
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
