using LanguageExt;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client.Connections;

/// <summary>A request on its way: what is waited for, since when, and who waits.</summary>
internal interface IPendingRequest
{
    /// <summary>What is waited for.</summary>
    PendingOperation Operation { get; }

    /// <summary>Since when, as a timestamp of the client's clock.</summary>
    long StartedAt { get; set; }

    /// <summary>Whether nobody waits any more.</summary>
    bool IsCompleted { get; }

    /// <summary>Judges a line as the reply, and gives it to whoever waits, unless it ends the conversation.</summary>
    /// <returns>The error that it is, if so. One that ends the conversation has not been told to anybody yet.</returns>
    Option<ClientError> OnReply(in ReceivedReply reply);

    /// <summary>Tells whoever waits why there will be no reply.</summary>
    void Fail(ClientError error);

    /// <summary>Has the wait end with an exception, which is that of a function that the caller gave.</summary>
    void FailWithException(Exception exception);
}

/// <summary>
/// The same for one kind of answer. It is the source of the caller's task itself, not beside it: a request costs two
/// objects. Continuations never run on the thread that reads.
/// </summary>
/// <param name="operation">What is waited for.</param>
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
    /// Lets a token end the wait: what has not been asked will not be; else the reply is still expected, and judged, but
    /// given to nobody.
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

    /// <summary>Gives whoever waits its answer.</summary>
    internal void Complete(Either<ClientError, T> result)
    {
        cancellation.Dispose();
        TrySetResult(result);
    }

    /// <inheritdoc/>
    public Option<ClientError> OnReply(in ReceivedReply reply)
    {
        var answer = reply.ToResult(Project(reply));
        var error = answer.IsLeft ? (ClientError)answer : Option<ClientError>.None;
        if (!error.Exists(static known => known.EndsConnection))
        {
            Complete(answer);
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

    /// <summary>What the caller wants of a reply to its request.</summary>
    private protected abstract Option<T> Project(in ReceivedReply reply);
}

/// <summary>A request whose answer stands in the reply.</summary>
/// <param name="operation">What is waited for.</param>
/// <param name="projection">What the caller wants of the reply; none where the reply is of another kind.</param>
internal sealed class TypedRequest<T>(PendingOperation operation, Func<Reply, Option<T>> projection)
    : PendingRequest<T>(operation)
{
    private protected override Option<T> Project(in ReceivedReply reply) => projection(reply.Reply);
}

/// <summary>An ECHO: what comes back is what the caller gave, and not another text that is equal.</summary>
/// <param name="text">The text on the wire.</param>
/// <param name="original">The same as characters.</param>
internal sealed class EchoRequest(LineText text, string original)
    : PendingRequest<string>(PendingOperation.ReplyTo(Command.Echo(text)))
{
    private protected override Option<string> Project(in ReceivedReply reply) => original;
}

/// <summary>A line that is perhaps no request: what comes back is the line that came.</summary>
/// <param name="line">The line, without its LF.</param>
internal sealed class RawRequest(ByteString line) : PendingRequest<string>(PendingOperation.ReplyTo(line))
{
    private protected override Option<string> Project(in ReceivedReply reply) => reply.Text;
}
