using LanguageExt;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Connections;

/// <summary>A stream on which the server has sent its greeting .</summary>
/// <param name="Stream">The stream; its owner disposes it.</param>
/// <param name="Reader">Reads the lines after the greeting.</param>
/// <param name="Greeting">The text after <c>WELCOME,</c>.</param>
internal sealed record GreetedStream(Stream Stream, LineReader Reader, string Greeting)
{
    /// <summary>Reads the greeting, for at most <see cref="ClientOptions.ReplyTimeout"/>. Disposes the stream on failure.</summary>
    internal static async Task<Either<ClientError, GreetedStream>> OpenAsync(
        Stream stream,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        var isGreeted = false;
        try
        {
            var reader = new LineReader(stream, options.MaxReplyLine);
            var greeting = await ReadGreetingAsync(reader, options, cancellationToken).ConfigureAwait(false);
            isGreeted = greeting.IsRight;
            return greeting.Map(text => new GreetedStream(stream, reader, text));
        }
        finally
        {
            if (!isGreeted)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static Task<Either<ClientError, string>> ReadGreetingAsync(
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
                return line.Bind(static bytes => ReceivedReply.Parse(bytes, PendingOperation.Greeting))
                    .Bind(static reply => reply.ToGreeting());
            },
            cancellationToken
        );
}
