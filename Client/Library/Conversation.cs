using LanguageExt;
using TinyTcp.Core;

namespace TinyTcp.Client;

/// <summary>
/// The client's side of one connection, request by request: each is sent whole, and what the server says is read
/// and judged. It knows no clock, and is used by one caller at a time.
/// </summary>
/// <param name="stream">The connection.</param>
/// <param name="options">How much is read, and who looks on.</param>
internal sealed class Conversation(Stream stream, ClientOptions options) : IAsyncDisposable
{
    private readonly LineReader reader = new(stream, options.MaxReplyLine);
    private byte[] request = new byte[256];

    /// <summary>Reads the greeting .</summary>
    /// <returns>Its text.</returns>
    internal async Task<Either<ClientError, string>> GreetAsync(CancellationToken cancellationToken)
    {
        var heard = await HearAsync(Awaited.Greeting, cancellationToken).ConfigureAwait(false);
        return heard.Bind(static said => said.AsGreeting());
    }

    /// <summary>Sends a request and reads its reply .</summary>
    /// <param name="command">The request.</param>
    /// <param name="read">What the caller wants of the reply; none where it is of another kind.</param>
    /// <param name="cancellationToken">Gives up; nobody knows then whose reply comes next.</param>
    internal async Task<Either<ClientError, T>> AskAsync<T>(
        Command command,
        Func<Reply, Option<T>> read,
        CancellationToken cancellationToken
    )
    {
        var awaited = Awaited.ReplyTo(command);
        if (reader.HasUnread)
        {
            var unasked = await HearAsync(awaited, cancellationToken).ConfigureAwait(false);
            return unasked.Match(Left: static error => error, Right: static said => said.AsUnasked());
        }

        var failed = await SendAsync(command, awaited, cancellationToken).ConfigureAwait(false);
        var heard = await HearAsync(awaited, cancellationToken).ConfigureAwait(false);
        return failed.Match(
            // A send that fails is not the last word: the server may have said why before it closed.
            Some: error => heard.ToOption().Bind(static said => said.Farewell).IfNone(error),
            None: () => heard.Bind(said => said.AsReplyTo(command, read))
        );
    }

    /// <summary>Reads up to the end that follows BYE (C-6): nothing may stand before it.</summary>
    internal async Task<Either<ClientError, Unit>> FinishAsync(CancellationToken cancellationToken)
    {
        var line = await reader.ReadLineAsync(Awaited.Close, cancellationToken).ConfigureAwait(false);
        return line.Match(Left: AtEnd, Right: bytes => Unasked(Show(bytes.Span)));
    }

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => stream.DisposeAsync();

    // However the connection ends after BYE, it has served its purpose.
    private static Either<ClientError, Unit> AtEnd(ClientError error) =>
        error is not ClientError.Lost lost ? error
        : lost.Begun.Length > 0 ? Unasked(lost.Begun)
        : Unit.Default;

    private static ClientError.ProtocolBroken Unasked(string line) => new(new Breach.Unasked(line));

    private async Task<Either<ClientError, Said>> HearAsync(
        Awaited awaited,
        CancellationToken cancellationToken
    )
    {
        var line = await reader.ReadLineAsync(awaited, cancellationToken).ConfigureAwait(false);
        return line.Bind(bytes => Said.Read(bytes, Show(bytes.Span), awaited));
    }

    /// <summary>Lets the observer see a line that has come.</summary>
    /// <returns>The line, quoted.</returns>
    private string Show(ReadOnlySpan<byte> line)
    {
        options.Observer(new WireLine(WireDirection.Received, line));
        return Quote.Of(line);
    }

    private async Task<Option<ClientError>> SendAsync(
        Command command,
        Awaited awaited,
        CancellationToken cancellationToken
    )
    {
        var length = Render(command);
        try
        {
            await stream.WriteAsync(request.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException broken)
        {
            return new ClientError.Lost(awaited, Broken.Words(broken), Begun: "");
        }

        options.Observer(new WireLine(WireDirection.Sent, request.AsSpan(0, length - 1)));
        return default;
    }

    private int Render(Command command)
    {
        int length;
        while (!Protocol.TryRender(command, request, out length))
        {
            Array.Resize(ref request, 2 * request.Length);
        }

        return length;
    }
}
