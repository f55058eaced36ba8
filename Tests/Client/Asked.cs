using LanguageExt;
using TinyTcp.Cli.Asking;
using TinyTcp.Client;

namespace TinyTcp.Tests.Client;

/// <summary>One line asked over real sockets, by either client.</summary>
internal static class Asked
{
    /// <param name="blocking">By the one that waits on its caller's thread, or the other.</param>
    /// <param name="target">Whom.</param>
    /// <param name="options">How.</param>
    /// <param name="line">The line.</param>
    internal static Task<Either<ClientError, string>> ByAsync(
        bool blocking,
        Target target,
        ClientOptions options,
        ReadOnlyMemory<byte> line
    ) =>
        blocking
            ? Task.Factory.StartNew(
                () => Ask(target, options, line),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            )
            : AskAsync(target, options, line);

    private static Either<ClientError, string> Ask(
        Target target,
        ClientOptions options,
        ReadOnlyMemory<byte> line
    )
    {
        var opened = BlockingDialer
            .Dial(target, options, CancellationToken.None)
            .Bind(stream => BlockingClient.Open(stream, options));
        using var closed = opened.Match<IDisposable>(
            Left: static _ => Stream.Null,
            Right: static client => client
        );
        return opened.Bind(client => client.Ask(line));
    }

    private static async Task<Either<ClientError, string>> AskAsync(
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
