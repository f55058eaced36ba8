using System.Text;
using LanguageExt;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;

namespace TinyTcp.Client;

/// <summary>One line of the server's that is a reply, and what a client makes of it: pure judgement.</summary>
/// <param name="Reply">What the line means; it looks at the reader's buffer.</param>
/// <param name="Line">The line itself; it looks there, too.</param>
/// <param name="Awaited">What was waited for.</param>
internal readonly record struct Said(Reply Reply, ReadOnlyMemory<byte> Line, Awaited Awaited)
{
    /// <summary>The line as it came, which is UTF-8.</summary>
    internal string Characters => Encoding.UTF8.GetString(Line.Span);

    /// <summary>Reads a line.</summary>
    /// <returns>The reply, or how the server broke the protocol.</returns>
    internal static Either<ClientError, Said> Read(ReadOnlyMemory<byte> line, Awaited awaited)
    {
        var reply = Protocol.Read(line);
        return reply.IsRight
            ? new Said((Reply)reply, line, awaited)
            : Broken(new Breach.NotAReply((ReplyError)reply, Quote.Of(line.Span), awaited));
    }

    /// <summary>Judged as the greeting .</summary>
    /// <returns>Its text.</returns>
    internal Either<ClientError, string> AsGreeting() => As(Error(answers: false), Payload.Welcome(Reply));

    /// <summary>Judged as the reply to what was asked .</summary>
    /// <param name="payload">What the caller wants of the reply; none where it is of another kind.</param>
    internal Either<ClientError, T> AsAnswer<T>(Option<T> payload) =>
        AsAnswer(Awaited.Admits(Reply), payload);

    /// <summary>The same where it is known whether the reply, errors apart, can be the one to what was asked.</summary>
    internal Either<ClientError, T> AsAnswer<T>(bool isAdmitted, Option<T> payload) =>
        As(Error(answers: true), isAdmitted ? payload : default);

    /// <summary>A line where nobody had asked for one: what it is of all that ends a conversation.</summary>
    internal static ClientError Unasked(ReadOnlyMemory<byte> line) =>
        Read(line, Awaited.Request)
            .Match(Left: static error => error, Right: static said => said.AsUnasked());

    /// <summary>Judged as a line that nobody asked for: only a goodbye, or a word nobody knows, may be one .</summary>
    private ClientError AsUnasked() =>
        Error(answers: false).IfNone(Broken(new Breach.Unasked(Quote.Of(Line.Span))));

    private Either<ClientError, T> As<T>(Option<ClientError> error, Option<T> payload) =>
        error.IsSome ? (ClientError)error
        : payload.IsSome ? (T)payload
        : Broken(new Breach.WrongReply(Awaited, Quote.Of(Line.Span)));

    private Option<ClientError> Error(bool answers) =>
        !Reply.IsError ? Option<ClientError>.None
        : Reply.AsError.Exists(static error => error.EndsConnection)
            ? new ClientError.Goodbye((ErrorCode)Reply.AsError)
        : answers ? Refused()
        : Reply.AsError.IsNone ? new ClientError.Goodbye(Option<ErrorCode>.None, Word)
        : Option<ClientError>.None;

    private string Word => Reply.AsText.Map(static word => Quote.Of(word.Bytes)).IfNone("");

    private ClientError.Refused Refused() => new(Awaited, Reply.AsError, Word);

    private static ClientError.ProtocolBroken Broken(Breach breach) => new(breach);
}
