using LanguageExt;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client.Connections;

/// <summary>A request that waits to be sent or for its reply.</summary>
internal interface IPendingRequest
{
    /// <summary>What the caller waits for; it has the line to send.</summary>
    PendingOperation Operation { get; }

    /// <summary>When it was sent, as a timestamp of the options' clock.</summary>
    long StartedAt { get; set; }

    /// <summary>Whether the caller's task has completed, for instance by cancellation.</summary>
    bool IsCompleted { get; }

    /// <summary>Checks a reply and completes the caller's task, unless the reply ends the connection.</summary>
    /// <returns>The error, if it is one. If it ends the connection, the task has not been completed.</returns>
    Option<ClientError> OnReply(in ReceivedReply reply);

    /// <summary>Completes the task with an error.</summary>
    void Fail(ClientError error);

    /// <summary>Completes the task with the exception of a callback.</summary>
    void FailWithException(Exception exception);
}

/// <summary>
/// A request with a result. It is itself the source of the caller's task, so that a request allocates two objects. Continuations
/// never run on the read loop.
/// </summary>
/// <param name="operation">What the caller waits for.</param>
internal abstract class PendingRequest<T>(PendingOperation operation)
    : TaskCompletionSource<Either<ClientError, T>>(TaskCreationOptions.RunContinuationsAsynchronously),
        IPendingRequest
{
    private CancellationTokenRegistration cancellation;

    /// <inheritdoc/>
    public PendingOperation Operation => operation;

    /// <inheritdoc/>
    public long StartedAt { get; set; }

    /// <inheritdoc/>
    public bool IsCompleted => Task.IsCompleted;

    /// <summary>
    /// Cancels the task by a token. A request that has not been sent is dropped then; else its reply is checked and discarded.
    /// </summary>
    internal void CancelOn(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            cancellation = cancellationToken.UnsafeRegister(
                static (pending, token) => ((PendingRequest<T>)pending!).TrySetCanceled(token),
                this
            );
        }
    }

    /// <summary>Completes the task.</summary>
    internal void Complete(Either<ClientError, T> result)
    {
        cancellation.Dispose();
        TrySetResult(result);
    }

    /// <inheritdoc/>
    public Option<ClientError> OnReply(in ReceivedReply reply)
    {
        var result = reply.ToResult(Project(reply));
        var error = result.IsLeft ? (ClientError)result : Option<ClientError>.None;
        if (!error.Exists(static known => known.EndsConnection))
        {
            Complete(result);
        }

        return error;
    }

    /// <inheritdoc/>
    public void Fail(ClientError error) => Complete(error);

    /// <inheritdoc/>
    public void FailWithException(Exception exception)
    {
        cancellation.Dispose();
        TrySetException(exception);
    }

    /// <summary>The result in a reply; none if the reply has another type.</summary>
    private protected abstract Option<T> Project(in ReceivedReply reply);
}

/// <summary>A request with a result that a function takes from the reply.</summary>
/// <param name="operation">What the caller waits for.</param>
/// <param name="projection">The result in a reply; none if the reply has another type.</param>
internal sealed class TypedRequest<T>(PendingOperation operation, Func<Reply, Option<T>> projection)
    : PendingRequest<T>(operation)
{
    private protected override Option<T> Project(in ReceivedReply reply) => projection(reply.Reply);
}

/// <summary>An ECHO. Its result is the caller's own string, so that the reply is not copied.</summary>
/// <param name="text">The text to send.</param>
/// <param name="original">The same text as a string.</param>
internal sealed class EchoRequest(LineText text, string original)
    : PendingRequest<string>(PendingOperation.ReplyTo(Command.Echo(text)))
{
    private protected override Option<string> Project(in ReceivedReply reply) => original;
}

/// <summary>Any line. Its result is the reply line.</summary>
/// <param name="line">The line, without its LF.</param>
internal sealed class RawRequest(ByteString line) : PendingRequest<string>(PendingOperation.ReplyTo(line))
{
    private protected override Option<string> Project(in ReceivedReply reply) => reply.Text;
}
