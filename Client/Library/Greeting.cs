using LanguageExt;

namespace TinyTcp.Client;

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
            options.Time,
            Awaited.Greeting,
            async token =>
            {
                var line = await reader.ReadLineAsync(Awaited.Greeting, token).ConfigureAwait(false);
                line.Iter(bytes => options.Observer(new WireLine(WireDirection.Received, bytes.Span)));
                return line.Bind(Judge);
            },
            cancellationToken
        );

    /// <summary>Judges the server's first line.</summary>
    /// <returns>The greeting's text.</returns>
    internal static Either<ClientError, string> Judge(ReadOnlyMemory<byte> line) =>
        Said.Read(line, Awaited.Greeting).Bind(static said => said.AsGreeting());
}
