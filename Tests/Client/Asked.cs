using LanguageExt;
using TinyTcp.Client;

namespace TinyTcp.Tests.Client;

/// <summary>One line sent over real sockets.</summary>
internal static class Asked
{
    internal static async Task<Either<ClientError, string>> ByAsync(
        Target target,
        ClientOptions options,
        ReadOnlyMemory<byte> line
    )
    {
        var connected = await TinyTcpClient.ConnectAsync(target, options);
        if (connected.IsLeft)
        {
            return (ClientError)connected;
        }

        await using var client = (TinyTcpClient)connected;
        return await client.RawAsync(line);
    }
}
