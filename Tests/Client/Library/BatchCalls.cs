using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Sends batches in memory.</summary>
internal static class BatchCalls
{
    internal static Task<(BatchResult Result, string Replies)> SendBatchAsync(
        this InMemoryServer server,
        string requests,
        ClientOptions? options = null
    ) => server.SendBatchAsync([WireBytes.Bytes(requests)], options);

    /// <returns>The result, and the replies that the caller got.</returns>
    internal static async Task<(BatchResult Result, string Replies)> SendBatchAsync(
        this InMemoryServer server,
        IEnumerable<ReadOnlyMemory<byte>> requests,
        ClientOptions? options = null,
        Action<long>? onProgress = null
    )
    {
        var replies = new MemoryStream();
        await using var input = new ScriptedStream(requests);
        var result = await Batch.SendAsync(
            server,
            server.ShutdownSendAsync,
            options ?? ClientOptions.Default,
            input,
            replies.WriteAsync,
            onProgress ?? (static _ => { }),
            CancellationToken.None
        );
        return (TestValues.Right(result), WireBytes.Characters(replies.ToArray()));
    }
}
