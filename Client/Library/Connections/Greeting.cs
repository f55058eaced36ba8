using LanguageExt;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Connections;

/// <summary>How every conversation begins: the server speaks first .</summary>
internal static class Greeting
{
    /// <summary>Waits for it, no longer than for a reply.</summary>
    /// <returns>Its text.</returns>
    internal static Task<Either<ClientError, string>> ReadAsync(
        LineReader reader,
        ClientOptions options,
        CancellationToken cancellationToken
    ) =>
        Deadline.RunAsync(
            options.ReplyTimeout,
            options.TimeProvider,
            PendingOperation.Greeting,
            async token =>
            {
                var line = await reader.ReadLineAsync(PendingOperation.Greeting, token).ConfigureAwait(false);
                line.Iter(bytes => options.OnLine(new WireLine(WireDirection.Received, bytes.Span)));
                return line.Bind(Validate);
            },
            cancellationToken
        );

    /// <summary>Judges the server's first line.</summary>
    /// <returns>The greeting's text.</returns>
    internal static Either<ClientError, string> Validate(ReadOnlyMemory<byte> line) =>
        ReceivedReply.Parse(line, PendingOperation.Greeting).Bind(static reply => reply.ToGreeting());
}
