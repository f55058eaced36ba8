using LanguageExt;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client;

/// <summary>
/// A client of one TinyTCP server, for any number of callers at once: their requests share a connection, pipelined, and
/// each gets its own reply. Every reply has been checked against its request: a stream that has lost its place ends the
/// conversation at once. An argument that cannot be used, and whatever goes wrong with the connection, is a
/// <see cref="ClientError"/>; a call that is given up is a cancelled task; what a function of the options throws, the calls
/// under way throw.
/// </summary>
/// <remarks>
/// A request that is given up goes on without its caller. After an error that
/// <see cref="ClientError.EndsConversation"/> every later call gets that error at once; or, with
/// <see cref="ClientOptions.Reconnect"/>, a new connection, except after <see cref="ClientError.Over"/>.
/// </remarks>
public sealed partial class TinyTcpClient : IAsyncDisposable, IDisposable
{
    private readonly Link link;
    private readonly int longestLine;

    private TinyTcpClient(Link link, ClientOptions options)
    {
        this.link = link;
        longestLine = options.MaxReplyLine;
    }

    /// <summary>What the server said after <c>WELCOME,</c> (R-2); empty before the first connection; not escaped.</summary>
    public string Greeting => link.Greeting;

    /// <summary>Asks for the server's local time (C-3).</summary>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The time to the second, with the server's offset from UTC.</returns>
    public Task<Either<ClientError, DateTimeOffset>> TimeAsync(
        CancellationToken cancellationToken = default
    ) => AskAsync(Awaited.ReplyTo(Command.Time), Payload.Time, cancellationToken);

    /// <summary>Asks for a text back (C-4).</summary>
    /// <param name="text">One line; white space at its ends is trimmed, and something must be left.</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The text that came back: the one that was sent, byte for byte; not escaped.</returns>
    public Task<Either<ClientError, string>> EchoAsync(
        string text,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        var request = Arguments.Echo(text, longestLine);
        return request.IsRight
            ? AskAsync((Echoing)request, cancellationToken)
            : Wrong<string>((ClientError)request);
    }

    /// <summary>Asks which commands there are (C-5).</summary>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The server's words, for people; not escaped.</returns>
    public Task<Either<ClientError, string>> HelpAsync(CancellationToken cancellationToken = default) =>
        AskAsync(Awaited.ReplyTo(Command.Help), Payload.Help, cancellationToken);

    /// <summary>
    /// Asks for the end, and waits until the server has closed (C-6); the reply and the close have the reply
    /// time-out each. Then the conversation is over. Nothing is connected to for it.
    /// </summary>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>Nothing, when BYE was the server's last word, or where there has been no connection.</returns>
    public Task<Either<ClientError, Unit>> QuitAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<Either<ClientError, Unit>>(cancellationToken);
        }

        var request = new Asking<Unit>(Awaited.ReplyTo(Command.Quit), static _ => Unit.Default);
        request.GiveUpBy(cancellationToken);
        if (!link.TryAskLast(request))
        {
            request.Answer(Unit.Default);
        }

        return request.Task;
    }

    /// <summary>Sends a line as it is, request or not.</summary>
    /// <param name="line">
    /// Any bytes without LF that are not all white space, at most <see cref="ClientOptions.MaxReplyLine"/>: an ECHO's come back.
    /// </param>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>
    /// The reply as it came, without its LF; not escaped. What it may be depends on the line. To a QUIT it is given
    /// when the server has closed.
    /// </returns>
    public Task<Either<ClientError, string>> RawAsync(
        ReadOnlyMemory<byte> line,
        CancellationToken cancellationToken = default
    )
    {
        var wrong = Arguments.NoLine(line.Span, longestLine);
        return wrong.IsSome
            ? Wrong<string>((ClientError)wrong)
            : AskAsync(new Relaying(ByteString.From(line.Span)), cancellationToken);
    }

    /// <summary>Closes the connection; a request under way gets <see cref="ClientError.Over"/>.</summary>
    /// <returns>When it is closed.</returns>
    public ValueTask DisposeAsync() => link.DisposeAsync();

    /// <summary>The same without waiting until it is closed.</summary>
    public void Dispose() => _ = link.DisposeAsync().AsTask();

    private Task<Either<ClientError, T>> AskAsync<T>(
        Awaited awaited,
        Func<Reply, Option<T>> read,
        CancellationToken cancellationToken
    ) => AskAsync(new Asking<T>(awaited, read), cancellationToken);

    private Task<Either<ClientError, T>> AskAsync<T>(Pending<T> request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<Either<ClientError, T>>(cancellationToken);
        }

        request.GiveUpBy(cancellationToken);
        link.Ask(request);
        return request.Task;
    }

    private static Task<Either<ClientError, T>> Wrong<T>(ClientError error) =>
        Task.FromResult<Either<ClientError, T>>(error);
}
