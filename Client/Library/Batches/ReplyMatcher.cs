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

/// <summary>
/// Walks along the requests that have been sent and the replies that come, line by line, and sees that each reply is its
/// request's. It keeps no reply, and of the requests only where it is in them.
/// </summary>
/// <param name="nextChunk">The next piece of requests, if one has been sent.</param>
/// <param name="onChunkCompleted">Told of each piece whose requests have all been answered.</param>
internal sealed class ReplyMatcher(Func<Option<Chunk>> nextChunk, Action<Chunk> onChunkCompleted)
{
    private static readonly byte[] PlainEcho = Encoding.ASCII.GetBytes($"{CommandTable.Echo.Verb} ");

    private Chunk chunk;
    private ReadOnlyMemory<byte> remaining;

    /// <summary>How many replies have come.</summary>
    internal long Replies { get; private set; }

    /// <summary>How many of them were errors.</summary>
    internal long Errors { get; private set; }

    /// <summary>The first error that answered a request.</summary>
    internal Option<ClientError> FirstError { get; private set; }

    /// <summary>Whether QUIT was answered: nothing may come any more.</summary>
    internal bool IsQuitAnswered { get; private set; }

    /// <summary>Whether some request that has been sent is not answered.</summary>
    internal bool HasPendingRequest => !IsQuitAnswered && TryPeekRequest(out _);

    /// <summary>What is waited for: the reply to the oldest request that has none.</summary>
    internal PendingOperation Pending =>
        IsQuitAnswered ? PendingOperation.Close
        : TryPeekRequest(out var request) ? PendingOperation.ReplyTo(ByteString.From(request.Span))
        : PendingOperation.Request;

    /// <summary>Judges one line of the server's.</summary>
    /// <param name="line">It, without its LF.</param>
    /// <returns>The error that ends the conversation, if it is one.</returns>
    internal Option<ClientError> OnLine(ReadOnlyMemory<byte> line)
    {
        if (IsQuitAnswered || !TryPeekRequest(out var request))
        {
            return ReceivedReply.ToUnsolicitedError(line);
        }

        var over = IsEchoOf(request.Span, line.Span) ? default : Match(request, line);
        if (over.IsNone)
        {
            Advance(request);
            Replies++;
        }

        return over;
    }

    /// <summary>An ECHO as clients write it is its own reply: nothing has to be taken apart.</summary>
    private static bool IsEchoOf(ReadOnlySpan<byte> request, ReadOnlySpan<byte> reply) =>
        reply.SequenceEqual(request)
        && request.StartsWith(PlainEcho)
        && !Grammar.IsSpace(request[^1])
        && Ascii.IsValid(request);

    private Option<ClientError> Match(ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> line)
    {
        // The rest of a line that is longer than a piece has left, but is not kept.
        var isCut = request.Length == remaining.Length;
        var answer = ReceivedReply
            .Parse(line, Pending)
            .Bind(received =>
                isCut
                    ? received.ToResult<Reply>(MatchesPrefix(received.Reply, request), received.Reply)
                    : received.ToResult<Reply>(received.Reply)
            );
        IsQuitAnswered = answer.Exists(static reply => reply == Reply.Bye);
        return answer.IsRight ? default : OnError((ClientError)answer);
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

    /// <summary>Whether a reply, errors apart, does not contradict the beginning of its request.</summary>
    private static bool MatchesPrefix(Reply reply, ReadOnlyMemory<byte> prefix)
    {
        var isInCharacter =
            Rune.DecodeLastFromUtf8(prefix.Span, out _, out var length) == OperationStatus.NeedMoreData;
        return Protocol
            .Parse(isInCharacter ? prefix[..^length] : prefix)
            .Match(
                // An ECHO whose text has not begun yet.
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
    /// <param name="request">It, without its LF; of one that is longer than a piece, what is in the piece.</param>
    private bool TryPeekRequest(out ReadOnlyMemory<byte> request)
    {
        if (remaining.IsEmpty)
        {
            nextChunk().Iter(entered => (chunk, remaining) = (entered, entered.Requests));
        }

        // Where anything is left, a request is. A blank line is none (F-3).
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
