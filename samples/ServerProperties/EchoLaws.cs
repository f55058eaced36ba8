// Properties of a server of your own, in any language: set TINYTCP_TARGET and run `dotnet test`.
using FsCheck;
using FsCheck.Xunit;
using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using Xunit;

public sealed class EchoLaws : IAsyncLifetime
{
    private TinyTcpClient client = null!;

    public async Task InitializeAsync()
    {
        var target = Environment.GetEnvironmentVariable("TINYTCP_TARGET") ?? "127.0.0.1:40000";
        var server = ServerEndPoint.From(target).OrThrow();
        client = await TinyTcpClient.ConnectAsync(server, ClientOptions.Default).OrThrow();
    }

    public Task DisposeAsync() => client.DisposeAsync().AsTask();

    [Property]
    public async Task Echo_returns_the_text_that_was_sent(Guid word, PositiveInt spaces)
    {
        var text = $"{word}{new string(' ', spaces.Get % 100)}{word}";
        Assert.Equal(text, await client.EchoAsync(text).OrThrow());
    }

    [Property]
    public async Task Pipelined_requests_get_their_own_replies(Guid[] words)
    {
        var replies = await Task.WhenAll(words.Select(word => client.EchoAsync($"{word}").OrThrow()));
        Assert.Equal(words.Select(static word => $"{word}"), replies);
    }
}
