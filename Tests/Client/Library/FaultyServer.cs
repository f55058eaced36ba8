using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Core.Sessions;

namespace TinyTcp.Tests.Client.Library;

/// <summary>A server that makes the right replies, and then says something else, over a real socket; then it closes.</summary>
internal static class FaultyServer
{
    /// <summary>Hears an ECHO of "last", or the client's end, and says what was made of the right replies.</summary>
    internal static FakeServer Start(Func<string[], string[]> alter) =>
        FakeServer.StartWithGreeting(async caller =>
            await caller.SendAsync(string.Concat(alter(await ReadCorrectRepliesAsync(caller))))
        );

    /// <summary>The right replies to all that a client says up to an ECHO of "last" or its end, a line each.</summary>
    internal static async Task<string[]> ReadCorrectRepliesAsync(ServerConnection connection)
    {
        var host = Host.Opened(Limits.Default);
        host.TakeOutput();
        var said = "";
        while (
            !said.EndsWith("ECHO last\n", StringComparison.Ordinal)
            && await connection.ReceiveAsync() is { IsEmpty: false } received
        )
        {
            host.Receive(received);
            said += host.TakeOutput();
        }

        return [.. said.Split('\n')[..^1].Select(static line => $"{line}\n")];
    }
}
