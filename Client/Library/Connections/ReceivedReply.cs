using System.Text;
using LanguageExt;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;

namespace TinyTcp.Client.Connections;

/// <summary>A line from the server that is a reply, and its meaning for the client: pure functions.</summary>
/// <param name="Reply">The reply; refers to the reader's buffer.</param>
/// <param name="Line">The line; refers to the reader's buffer.</param>
/// <param name="Operation">What the client waited for.</param>
internal readonly record struct ReceivedReply(
    Reply Reply,
    ReadOnlyMemory<byte> Line,
    PendingOperation Operation
)
{
    /// <summary>The line as a string.</summary>
    internal string Text => Encoding.UTF8.GetString(Line.Span);

    /// <summary>Parses a line.</summary>
    /// <returns>The reply, or the protocol violation.</returns>
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

    /// <summary>The text of the greeting, or the error.</summary>
    internal Either<ClientError, string> ToGreeting() =>
        ErrorOrValue(FindError(isAnswer: false), ReplyProjection.Welcome(Reply));

    /// <summary>The result of a request, or the error.</summary>
    /// <param name="value">The result in the reply; none if the reply has another type.</param>
    internal Either<ClientError, T> ToResult<T>(Option<T> value) => ToResult(Operation.Matches(Reply), value);

    /// <summary>The result of a request, or the error, given whether the reply matches the request.</summary>
    internal Either<ClientError, T> ToResult<T>(bool isMatch, Option<T> value) =>
        ErrorOrValue(FindError(isAnswer: true), isMatch ? value : default);

    /// <summary>The error of a line without a request.</summary>
    internal static ClientError ToUnsolicitedError(ReadOnlyMemory<byte> line) =>
        Parse(line, PendingOperation.Request)
            .Match(Left: static error => error, Right: static reply => reply.UnsolicitedError());

    /// <summary>The error of a line after BYE, which none may follow .</summary>
    /// <param name="line">The line, quoted.</param>
    internal static ClientError ToUnsolicitedLine(string line) =>
        CreateProtocolError(new ProtocolViolation.UnsolicitedReply(line));

    /// <summary>Without a request, only a goodbye or an unknown error may be sent .</summary>
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
