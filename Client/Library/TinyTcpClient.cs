using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
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
/// <see cref="ClientError.EndsConnection"/> every later call gets that error at once; or, with
/// <see cref="ClientOptions.Reconnect"/>, a new connection, except after <see cref="ClientError.ClientClosed"/>.
/// </remarks>
public sealed partial class TinyTcpClient : IAsyncDisposable, IDisposable
{
    private readonly ConnectionManager connectionManager;
    private readonly int maxLineLength;

    private TinyTcpClient(ConnectionManager connectionManager, ClientOptions options)
    {
        this.connectionManager = connectionManager;
        maxLineLength = options.MaxReplyLine;
    }

    /// <summary>What the server said after <c>WELCOME,</c> (R-2); empty before the first connection; not escaped.</summary>
    public string Greeting => connectionManager.Greeting;

    /// <summary>Asks for the server's local time (C-3).</summary>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The time to the second, with the server's offset from UTC.</returns>
    public Task<Either<ClientError, DateTimeOffset>> GetTimeAsync(
        CancellationToken cancellationToken = default
    ) => SendAsync(PendingOperation.ReplyTo(Command.Time), ReplyProjection.Time, cancellationToken);

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
        var request = RequestValidation.ValidateEcho(text, maxLineLength);
        return request.IsRight
            ? SendAsync((EchoRequest)request, cancellationToken)
            : Failed<string>((ClientError)request);
    }

    /// <summary>Asks which commands there are (C-5).</summary>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The server's words, for people; not escaped.</returns>
    public Task<Either<ClientError, string>> GetHelpAsync(CancellationToken cancellationToken = default) =>
        SendAsync(PendingOperation.ReplyTo(Command.Help), ReplyProjection.Help, cancellationToken);

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

        var request = new TypedRequest<Unit>(
            PendingOperation.ReplyTo(Command.Quit),
            static _ => Unit.Default
        );
        request.CancelOn(cancellationToken);
        if (!connectionManager.TrySendOnCurrent(request))
        {
            request.Complete(Unit.Default);
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
    public Task<Either<ClientError, string>> ExecuteAsync(
        ReadOnlyMemory<byte> line,
        CancellationToken cancellationToken = default
    )
    {
        var wrong = RequestValidation.ValidateLine(line.Span, maxLineLength);
        return wrong.IsSome
            ? Failed<string>((ClientError)wrong)
            : SendAsync(new RawRequest(ByteString.From(line.Span)), cancellationToken);
    }

    /// <summary>Closes the connection; a request under way gets <see cref="ClientError.ClientClosed"/>.</summary>
    /// <returns>When it is closed.</returns>
    public ValueTask DisposeAsync() => connectionManager.DisposeAsync();

    /// <summary>The same without waiting until it is closed.</summary>
    public void Dispose() => _ = connectionManager.DisposeAsync().AsTask();

    private Task<Either<ClientError, T>> SendAsync<T>(
        PendingOperation operation,
        Func<Reply, Option<T>> projection,
        CancellationToken cancellationToken
    ) => SendAsync(new TypedRequest<T>(operation, projection), cancellationToken);

    private Task<Either<ClientError, T>> SendAsync<T>(
        PendingRequest<T> request,
        CancellationToken cancellationToken
    )
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<Either<ClientError, T>>(cancellationToken);
        }

        request.CancelOn(cancellationToken);
        connectionManager.Send(request);
        return request.Task;
    }

    private static Task<Either<ClientError, T>> Failed<T>(ClientError error) =>
        Task.FromResult<Either<ClientError, T>>(error);
}
