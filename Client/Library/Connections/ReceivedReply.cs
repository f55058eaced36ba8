using System.Text;
using LanguageExt;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;

namespace TinyTcp.Client.Connections;

/// <summary>One line of the server's that is a reply, and what a client makes of it: pure judgement.</summary>
/// <param name="Reply">What the line means; it looks at the reader's buffer.</param>
/// <param name="Line">The line itself; it looks there, too.</param>
/// <param name="Operation">What was waited for.</param>
internal readonly record struct ReceivedReply(
    Reply Reply,
    ReadOnlyMemory<byte> Line,
    PendingOperation Operation
)
{
    /// <summary>The line as it came, which is UTF-8.</summary>
    internal string Text => Encoding.UTF8.GetString(Line.Span);

    /// <summary>Reads a line.</summary>
    /// <returns>The reply, or how the server broke the protocol.</returns>
    internal static Either<ClientError, ReceivedReply> Parse(
        ReadOnlyMemory<byte> line,
        PendingOperation operation
    )
    {
        var reply = Protocol.Read(line);
        return reply.IsRight
            ? new ReceivedReply((Reply)reply, line, operation)
            : CreateProtocolError(
                new ProtocolViolation.MalformedReply((ReplyError)reply, Quote.Of(line.Span), operation)
            );
    }

    /// <summary>Judged as the greeting .</summary>
    /// <returns>Its text.</returns>
    internal Either<ClientError, string> ToGreeting() =>
        ErrorOrValue(FindError(isAnswer: false), ReplyProjection.Welcome(Reply));

    /// <summary>Judged as the reply to what was asked .</summary>
    /// <param name="value">What the caller wants of the reply; none where it is of another kind.</param>
    internal Either<ClientError, T> ToResult<T>(Option<T> value) => ToResult(Operation.Matches(Reply), value);

    /// <summary>The same where it is known whether the reply, errors apart, can be the one to what was asked.</summary>
    internal Either<ClientError, T> ToResult<T>(bool isMatch, Option<T> value) =>
        ErrorOrValue(FindError(isAnswer: true), isMatch ? value : default);

    /// <summary>A line where nobody had asked for one: what it is of all that ends a conversation.</summary>
    internal static ClientError ToUnsolicitedError(ReadOnlyMemory<byte> line) =>
        Parse(line, PendingOperation.Request)
            .Match(Left: static error => error, Right: static reply => reply.UnsolicitedError());

    /// <summary>The error of a line after BYE, which none may follow .</summary>
    /// <param name="line">The line, quoted.</param>
    internal static ClientError ToUnsolicitedLine(string line) =>
        CreateProtocolError(new ProtocolViolation.UnsolicitedReply(line));

    /// <summary>Judged as a line that nobody asked for: only a goodbye, or a word nobody knows, may be one .</summary>
    private ClientError UnsolicitedError() =>
        FindError(isAnswer: false).IfNone(ToUnsolicitedLine(Quote.Of(Line.Span)));

    private Either<ClientError, T> ErrorOrValue<T>(Option<ClientError> error, Option<T> value) =>
        error.IsSome ? (ClientError)error
        : value.IsSome ? (T)value
        : CreateProtocolError(new ProtocolViolation.UnexpectedReply(Operation, Quote.Of(Line.Span)));

    private Option<ClientError> FindError(bool isAnswer) =>
        !Reply.IsError ? Option<ClientError>.None
        : Reply.AsError.Exists(static error => error.EndsConnection)
            ? new ClientError.Goodbye((ErrorCode)Reply.AsError)
        : isAnswer ? CreateErrorReply()
        : Reply.AsError.IsNone ? new ClientError.Goodbye(Option<ErrorCode>.None, Word)
        : Option<ClientError>.None;

    private string Word => Reply.AsText.Map(static word => Quote.Of(word.Bytes)).IfNone("");

    private ClientError.ErrorReply CreateErrorReply() => new(Operation, Reply.AsError, Word);

    private static ClientError.ProtocolError CreateProtocolError(ProtocolViolation violation) =>
        new(violation);
}
