namespace TinyTcp.Bench.Callers;

/// <summary>A client library with one connection. Each implementation has its own loops, so that a call has no wrapper.</summary>
internal interface IEchoClient : IAsyncDisposable
{
    /// <summary>Sends requests one by one, each after the reply to the one before.</summary>
    Task AwaitEachAsync(string[] texts, int requests);

    /// <summary>Sends all requests, then awaits all replies.</summary>
    Task PipelineAsync(string[] texts, int requests);

    /// <summary>Throws if a reply is not the text of its request.</summary>
    static void Check(string? reply, string text)
    {
        if (reply != text)
        {
            throw new InvalidOperationException($"'{reply}' instead of '{text}'");
        }
    }
}
