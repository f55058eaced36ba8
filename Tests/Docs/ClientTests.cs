using TinyTcp.Client;
using TinyTcp.Tests.Client;
using Xunit;

namespace TinyTcp.Tests.Docs;

/// <summary>Runs the example program of docs/client.md.</summary>
public class ClientTests
{
    [Fact]
    public async Task The_example_sends_concurrent_requests_and_prints_the_replies()
    {
        await using var server = ReferenceServer.Start();
        var output = new StringWriter { NewLine = "\n" };
        await AskAsync("127.0.0.1", server.Port, output);
        Assert.Equal("2025-09-12 22:24:13Z\none, two, three\n", output.ToString());
    }

    // client:begin
    private static async Task AskAsync(string host, int port, TextWriter output)
    {
        await using var client = await TinyTcpClient.ConnectAsync(host, port).OrThrow();
        var now = await client.GetTimeAsync().OrThrow();
        await output.WriteLineAsync($"{now:u}");

        // Concurrent calls share one connection; each gets its own reply.
        var texts = new[] { "one", "two", "three" };
        var echoes = await Task.WhenAll(texts.Select(text => client.EchoAsync(text)));

        // Without OrThrow a result is an Either: the value or a ClientError.
        await output.WriteLineAsync(
            string.Join(", ", echoes.Select(echo => echo.IfLeft(static error => error.Code)))
        );
    }
    // client:end
}
