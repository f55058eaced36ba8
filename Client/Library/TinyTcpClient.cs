using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client;

/// <summary>
/// A client of one server for any number of concurrent callers: their requests are pipelined on one connection, and each call gets
/// its own reply. Every reply is checked against its request; a mismatch closes the connection. Invalid arguments and
/// failures are values: a <see cref="ClientError"/>. A cancelled call is a cancelled task; an exception of a callback is thrown by
/// the pending calls.
/// </summary>
/// <remarks>
/// After an error that <see cref="ClientError.EndsConnection"/> each later call returns that error at once. With
/// <see cref="ClientOptions.Reconnect"/> it connects again instead, except after <see cref="ClientError.ClientClosed"/>.
/// </remarks>
public sealed partial class TinyTcpClient : IAsyncDisposable, IDisposable
{
    private readonly ConnectionManager connectionManager;
    private readonly Option<ServerEndPoint> endPoint;
    private readonly int maxLineLength;

    private TinyTcpClient(
        ConnectionManager connectionManager,
        Option<ServerEndPoint> endPoint,
        ClientOptions options
    )
    {
        this.connectionManager = connectionManager;
        this.endPoint = endPoint;
        maxLineLength = options.MaxReplyLine;
    }

    /// <summary>The text of the last greeting, not escaped; empty before the first connection.</summary>
    public string Greeting => connectionManager.Greeting;

    /// <summary>Sends TIME (C-3).</summary>
    /// <param name="cancellationToken">Cancels the task. A request that has been sent still gets its reply, which is discarded.</param>
    /// <returns>The server's local time to the second, with its offset from UTC.</returns>
    public Task<Either<ClientError, DateTimeOffset>> GetTimeAsync(
        CancellationToken cancellationToken = default
    ) => SendAsync(PendingOperation.ReplyTo(Command.Time), ReplyProjection.Time, cancellationToken);

    /// <summary>Sends ECHO (C-4).</summary>
    /// <param name="text">One line that is not blank; white space at its ends is trimmed.</param>
    /// <param name="cancellationToken">Cancels the task. A request that has been sent still gets its reply, which is discarded.</param>
    /// <returns>The text in the reply: the text that was sent, not escaped.</returns>
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

    /// <summary>Sends HELP (C-5).</summary>
    /// <param name="cancellationToken">Cancels the task. A request that has been sent still gets its reply, which is discarded.</param>
    /// <returns>The text in the reply, not escaped.</returns>
    public Task<Either<ClientError, string>> GetHelpAsync(CancellationToken cancellationToken = default) =>
        SendAsync(PendingOperation.ReplyTo(Command.Help), ReplyProjection.Help, cancellationToken);

    /// <summary>
    /// Sends QUIT and waits until the server has closed (C-6); the reply and the close have <see cref="ClientOptions.ReplyTimeout"/>
    /// each. Does not connect for it.
    /// </summary>
    /// <param name="cancellationToken">Cancels the task. A request that has been sent still gets its reply, which is discarded.</param>
    /// <returns>Nothing, after BYE and the close, or if the client has never connected.</returns>
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

    /// <summary>Sends any line unchanged.</summary>
    /// <param name="line">
    /// At most <see cref="ClientOptions.MaxReplyLine"/> bytes that are not all white space, without LF.
    /// </param>
    /// <param name="cancellationToken">Cancels the task. A request that has been sent still gets its reply, which is discarded.</param>
    /// <returns>The reply line without its LF, not escaped; after a QUIT, when the server has closed. Errors as for other calls.</returns>
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

    /// <summary>Closes the connection; pending calls return <see cref="ClientError.ClientClosed"/>.</summary>
    /// <returns>Completes when the connection is closed.</returns>
    public ValueTask DisposeAsync() => connectionManager.DisposeAsync();

    /// <summary>Closes the connection without waiting for it.</summary>
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

        return ClientActivity.IsEnabled
            ? ClientActivity.TraceAsync(request.Operation.Verb, endPoint, Send)
            : Send();

        Task<Either<ClientError, T>> Send()
        {
            request.CancelOn(cancellationToken);
            connectionManager.Send(request);
            return request.Task;
        }
    }

    private static Task<Either<ClientError, T>> Failed<T>(ClientError error) =>
        Task.FromResult<Either<ClientError, T>>(error);
}
