using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Tests.Client;

/// <summary>One line sent over real sockets.</summary>
internal static class OneRequest
{
    internal static async Task<Either<ClientError, string>> SendAsync(
        ServerEndPoint endPoint,
        ClientOptions options,
        ReadOnlyMemory<byte> line
    )
    {
        var connected = await TinyTcpClient.ConnectAsync(endPoint, options);
        if (connected.IsLeft)
        {
            return (ClientError)connected;
        }

        await using var client = (TinyTcpClient)connected;
        return await client.ExecuteAsync(line);
    }
}
