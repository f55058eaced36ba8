using System.Buffers;
using System.Text;
using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client.Batches;

/// <summary>Checks each reply of a batch against the oldest pending request .</summary>
/// <param name="nextChunk">Dequeues the next chunk that has been sent, if any.</param>
/// <param name="onChunkCompleted">Called when all requests that begin in a chunk have replies.</param>
internal sealed class ReplyMatcher(Func<Option<Chunk>> nextChunk, Action<Chunk> onChunkCompleted)
{
    private static readonly byte[] PlainEcho = Encoding.ASCII.GetBytes($"{CommandTable.Echo.Verb} ");

    private Chunk chunk;
    private ReadOnlyMemory<byte> remaining;

    /// <summary>The number of replies.</summary>
    internal long Replies { get; private set; }

    /// <summary>The number of error replies.</summary>
    internal long Errors { get; private set; }

    /// <summary>The first error reply.</summary>
    internal Option<ClientError> FirstError { get; private set; }

    /// <summary>Whether BYE was received: no reply may follow.</summary>
    internal bool IsQuitAnswered { get; private set; }

    /// <summary>The operation that is pending: the reply to the oldest request without one.</summary>
    internal PendingOperation Pending =>
        IsQuitAnswered ? PendingOperation.Close
        : TryPeekRequest(out var request) ? PendingOperation.ReplyTo(ByteString.From(request.Span))
        : PendingOperation.Request;

    /// <summary>Matches a line to the oldest pending request.</summary>
    /// <param name="line">The line without its LF.</param>
    /// <returns>The error that ends the batch, if any.</returns>
    internal Option<ClientError> OnLine(ReadOnlyMemory<byte> line)
    {
        if (IsQuitAnswered || !TryPeekRequest(out var request))
        {
            return ReceivedReply.ToUnsolicitedError(line);
        }

        var end = IsEchoOf(request.Span, line.Span) ? default : Match(request, line);
        if (end.IsNone)
        {
            Advance(request);
            Replies++;
        }

        return end;
    }

    /// <summary>Whether a request is a plain ECHO and the reply equals it, so that neither needs to be parsed.</summary>
    private static bool IsEchoOf(ReadOnlySpan<byte> request, ReadOnlySpan<byte> reply) =>
        reply.SequenceEqual(request)
        && request.StartsWith(PlainEcho)
        && !Grammar.IsSpace(request[^1])
        && Ascii.IsValid(request);

    private Option<ClientError> Match(ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> line)
    {
        // Only the first chunk of a longer line is kept.
        var isPrefix = request.Length == remaining.Length;
        var result = ReceivedReply
            .Parse(line, Pending)
            .Bind(received =>
                isPrefix
                    ? received.ToResult<Reply>(MatchesPrefix(received.Reply, request), received.Reply)
                    : received.ToResult<Reply>(received.Reply)
            );
        IsQuitAnswered = result.Exists(static reply => reply == Reply.Bye);
        return result.IsRight ? default : OnError((ClientError)result);
    }

    private Option<ClientError> OnError(ClientError error)
    {
        if (error.EndsConnection)
        {
            return error;
        }

        Errors++;
        FirstError = FirstError || error;
        return default;
    }

    /// <summary>Whether a reply that is not an error can be that to a request with this prefix.</summary>
    private static bool MatchesPrefix(Reply reply, ReadOnlyMemory<byte> prefix)
    {
        var endsInsideCharacter =
            Rune.DecodeLastFromUtf8(prefix.Span, out _, out var length) == OperationStatus.NeedMoreData;
        return Protocol
            .Parse(endsInsideCharacter ? prefix[..^length] : prefix)
            .Match(
                // An ECHO whose text begins in the next chunk.
                Left: error => error == ErrorCode.BadArguments && ReplyProjection.Echo(reply).IsSome,
                Right: command =>
                    command.AsText.Match(
                        Some: text =>
                            ReplyProjection.Echo(reply).Exists(echo => echo.Bytes.StartsWith(text.Bytes)),
                        None: () => Protocol.IsReplyTo(reply, command)
                    )
            );
    }

    /// <summary>Finds the oldest request without a reply.</summary>
    /// <param name="request">The request without its LF; of a line longer than a chunk, its first chunk.</param>
    private bool TryPeekRequest(out ReadOnlyMemory<byte> request)
    {
        if (remaining.IsEmpty)
        {
            nextChunk().Iter(next => (chunk, remaining) = (next, next.Requests));
        }

        // Empty lines are not requests (F-3); each chunk ends with a request.
        remaining = remaining.TrimStart(Grammar.Lf);
        var length = remaining.Span.IndexOf(Grammar.Lf);
        request = length >= 0 ? remaining[..length] : remaining;
        return !remaining.IsEmpty;
    }

    private void Advance(ReadOnlyMemory<byte> request)
    {
        remaining = remaining[Math.Min(request.Length + 1, remaining.Length)..];
        if (remaining.IsEmpty)
        {
            onChunkCompleted(chunk);
        }
    }
}
