using LanguageExt;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client;

/// <summary>A request on its way: what is waited for, since when, and who waits.</summary>
internal interface IPending
{
    /// <summary>What is waited for.</summary>
    Awaited Awaited { get; }

    /// <summary>Since when, as a timestamp of the client's clock.</summary>
    long Since { get; set; }

    /// <summary>Whether nobody waits any more.</summary>
    bool IsGivenUp { get; }

    /// <summary>Judges a line as the reply, and gives it to whoever waits, unless it ends the conversation.</summary>
    /// <returns>The error that it is, if so. One that ends the conversation has not been told to anybody yet.</returns>
    Option<ClientError> Hear(in Said said);

    /// <summary>Tells whoever waits why there will be no reply.</summary>
    void Fail(ClientError error);

    /// <summary>Has the wait end with an exception, which is that of a function that the caller gave.</summary>
    void Break(Exception exception);
}

/// <summary>
/// The same for one kind of answer. It is the source of the caller's task itself, not beside it: a request costs two
/// objects. Continuations never run on the thread that reads.
/// </summary>
/// <param name="awaited">What is waited for.</param>
internal abstract class Pending<T>(Awaited awaited)
    : TaskCompletionSource<Either<ClientError, T>>(TaskCreationOptions.RunContinuationsAsynchronously),
        IPending
{
    private CancellationTokenRegistration giveUp;

    /// <inheritdoc/>
    public Awaited Awaited => awaited;

    /// <inheritdoc/>
    public long Since { get; set; }

    /// <inheritdoc/>
    public bool IsGivenUp => Task.IsCompleted;

    /// <summary>
    /// Lets a token end the wait: what has not been asked will not be; else the reply is still expected, and judged, but
    /// given to nobody.
    /// </summary>
    internal void GiveUpBy(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            giveUp = cancellationToken.UnsafeRegister(
                static (pending, token) => ((Pending<T>)pending!).TrySetCanceled(token),
                this
            );
        }
    }

    /// <summary>Gives whoever waits its answer.</summary>
    internal void Answer(Either<ClientError, T> answer)
    {
        giveUp.Dispose();
        TrySetResult(answer);
    }

    /// <inheritdoc/>
    public Option<ClientError> Hear(in Said said)
    {
        var answer = said.AsAnswer(Read(said));
        var error = answer.IsLeft ? (ClientError)answer : Option<ClientError>.None;
        if (!error.Exists(static known => known.EndsConversation))
        {
            Answer(answer);
        }

        return error;
    }

    /// <inheritdoc/>
    public void Fail(ClientError error) => Answer(error);

    /// <inheritdoc/>
    public void Break(Exception exception)
    {
        giveUp.Dispose();
        TrySetException(exception);
    }

    /// <summary>What the caller wants of a reply to its request.</summary>
    private protected abstract Option<T> Read(in Said said);
}

/// <summary>A request whose answer stands in the reply.</summary>
/// <param name="awaited">What is waited for.</param>
/// <param name="read">What the caller wants of the reply; none where the reply is of another kind.</param>
internal sealed class Asking<T>(Awaited awaited, Func<Reply, Option<T>> read) : Pending<T>(awaited)
{
    private protected override Option<T> Read(in Said said) => read(said.Reply);
}

/// <summary>An ECHO: what comes back is what the caller gave, and not another text that is equal.</summary>
/// <param name="text">The text on the wire.</param>
/// <param name="given">The same as characters.</param>
internal sealed class Echoing(LineText text, string given)
    : Pending<string>(Awaited.ReplyTo(Command.Echo(text)))
{
    private protected override Option<string> Read(in Said said) => given;
}

/// <summary>A line that is perhaps no request: what comes back is the line that came.</summary>
/// <param name="line">The line, without its LF.</param>
internal sealed class Relaying(ByteString line) : Pending<string>(Awaited.ReplyTo(line))
{
    private protected override Option<string> Read(in Said said) => said.Characters;
}
