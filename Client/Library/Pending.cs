using LanguageExt;
using TinyTcp.Core;

namespace TinyTcp.Client;

/// <summary>A request on its way: what is waited for, since when, and who waits.</summary>
/// <param name="awaited">What is waited for.</param>
internal abstract class Pending(Awaited awaited)
{
    /// <summary>What is waited for.</summary>
    internal Awaited Awaited => awaited;

    /// <summary>Since when, as a timestamp of the client's clock.</summary>
    internal long Since { get; set; }

    /// <summary>Judges a line as the reply, and gives it to whoever waits, unless it ends the conversation.</summary>
    /// <returns>The error that it is, if so. One that ends the conversation has not been told to anybody yet.</returns>
    internal abstract Option<ClientError> Hear(in Said said);

    /// <summary>Tells whoever waits why there will be no reply.</summary>
    internal abstract void Fail(ClientError error);

    /// <summary>Has the wait end with an exception, which is the observer's.</summary>
    internal abstract void Break(Exception exception);
}

/// <summary>The same for what a caller wants of the reply. Continuations never run on the thread that reads.</summary>
/// <param name="awaited">What is waited for.</param>
/// <param name="read">What the caller wants of the reply; none where it is of another kind.</param>
internal sealed class Pending<T>(Awaited awaited, Func<Reply, Option<T>> read) : Pending(awaited)
{
    private readonly TaskCompletionSource<Either<ClientError, T>> source = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private CancellationTokenRegistration giveUp;

    /// <summary>The answer.</summary>
    internal Task<Either<ClientError, T>> Answer => source.Task;

    /// <summary>Lets a token end the wait: the reply is still expected, and judged, but given to nobody.</summary>
    internal void GiveUpBy(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            giveUp = cancellationToken.UnsafeRegister(
                static (pending, token) => ((Pending<T>)pending!).source.TrySetCanceled(token),
                this
            );
        }
    }

    /// <inheritdoc/>
    internal override Option<ClientError> Hear(in Said said)
    {
        var answer = said.AsAnswer(read);
        var error = answer.IsLeft ? (ClientError)answer : Option<ClientError>.None;
        if (!error.Exists(static known => known.EndsConversation))
        {
            Complete(answer);
        }

        return error;
    }

    /// <summary>Tells whoever waits.</summary>
    internal void Complete(Either<ClientError, T> answer)
    {
        giveUp.Dispose();
        source.TrySetResult(answer);
    }

    /// <inheritdoc/>
    internal override void Fail(ClientError error) => Complete(error);

    /// <inheritdoc/>
    internal override void Break(Exception exception)
    {
        giveUp.Dispose();
        source.TrySetException(exception);
    }
}
