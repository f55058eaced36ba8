using LanguageExt;
using TinyTcp.Core;

namespace TinyTcp.Client;

/// <summary>One line of the server's that is a reply, and what a client makes of it: pure judgement.</summary>
/// <param name="Reply">What the line means; it looks at the reader's buffer.</param>
/// <param name="Line">The line itself, quoted.</param>
/// <param name="Awaited">What was waited for.</param>
internal sealed record Said(Reply Reply, string Line, Awaited Awaited)
{
    /// <summary>The goodbye, or the word nobody knows, that it is: both may come unasked .</summary>
    internal Option<ClientError> Farewell => Error(answers: false);

    /// <summary>Reads a line.</summary>
    /// <returns>The reply, or how the server broke the protocol.</returns>
    internal static Either<ClientError, Said> Read(
        ReadOnlyMemory<byte> line,
        string quoted,
        Awaited awaited
    ) =>
        Protocol
            .Read(line)
            .Map(reply => new Said(reply, quoted, awaited))
            .MapLeft(error => (ClientError)Broken(new Breach.NotAReply(error, quoted, awaited)));

    /// <summary>Judged as the greeting .</summary>
    /// <returns>Its text.</returns>
    internal Either<ClientError, string> AsGreeting() => As(Farewell, Payload.Welcome(Reply));

    /// <summary>Judged as the reply to a request .</summary>
    /// <param name="command">The request.</param>
    /// <param name="read">What the caller wants of the reply; none where it is of another kind.</param>
    internal Either<ClientError, T> AsReplyTo<T>(Command command, Func<Reply, Option<T>> read) =>
        As(Error(answers: true), Protocol.Answers(Reply, command) ? read(Reply) : default);

    /// <summary>Judged as a line that nobody asked for.</summary>
    internal ClientError AsUnasked() => Farewell.IfNone(Broken(new Breach.Unasked(Line)));

    private Either<ClientError, T> As<T>(Option<ClientError> error, Option<T> payload) =>
        error.IsSome ? (ClientError)error
        : payload.IsSome ? (T)payload
        : Broken(new Breach.WrongReply(Awaited, Line));

    private Option<ClientError> Error(bool answers) =>
        Reply.Match(
            context: (Said: this, answers),
            welcome: static (_, _) => default,
            time: static (_, _) => default,
            echo: static (_, _) => default,
            help: static (_, _) => default,
            bye: static _ => default,
            error: static (context, error) =>
                error.EndsConnection ? new ClientError.Goodbye(error)
                : context.answers ? context.Said.Refused(error, error.Spec.Word)
                : Option<ClientError>.None,
            unknownError: static (context, word) =>
                (Option<ClientError>)context.Said.Refused(Option<ProtocolError>.None, word)
        );

    private ClientError.Refused Refused(Option<ProtocolError> error, Text word) =>
        new(Awaited, error, Quote.Of(word.Bytes));

    private static ClientError.ProtocolBroken Broken(Breach breach) => new(breach);
}
