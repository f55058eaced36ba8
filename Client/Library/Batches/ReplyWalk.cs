using System.Buffers;
using System.Text;
using LanguageExt;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client;

/// <summary>
/// Walks along the requests that have been sent and the replies that come, line by line, and sees that each reply is its
/// request's. It keeps no reply, and of the requests only where it is in them.
/// </summary>
/// <param name="next">The next piece of requests, if one has been sent.</param>
/// <param name="done">Told of each piece whose requests have all been answered.</param>
internal sealed class ReplyWalk(Func<Option<Chunk>> next, Action<Chunk> done)
{
    private static readonly byte[] PlainEcho = Encoding.ASCII.GetBytes($"{CommandTable.Echo.Verb} ");

    private Chunk chunk;
    private ReadOnlyMemory<byte> rest;

    /// <summary>How many replies have come.</summary>
    internal long Replies { get; private set; }

    /// <summary>How many of them were errors.</summary>
    internal long Refusals { get; private set; }

    /// <summary>The first error that answered a request.</summary>
    internal Option<ClientError> FirstRefusal { get; private set; }

    /// <summary>Whether QUIT was answered: nothing may come any more.</summary>
    internal bool IsOver { get; private set; }

    /// <summary>Whether some request that has been sent is not answered.</summary>
    internal bool IsOwed => !IsOver && TryFind(out _);

    /// <summary>What is waited for: the reply to the oldest request that has none.</summary>
    internal Awaited Awaited =>
        IsOver ? Awaited.Close
        : TryFind(out var request) ? Awaited.ReplyTo(ByteString.From(request.Span))
        : Awaited.Request;

    /// <summary>Judges one line of the server's.</summary>
    /// <param name="line">It, without its LF.</param>
    /// <returns>The error that ends the conversation, if it is one.</returns>
    internal Option<ClientError> Hear(ReadOnlyMemory<byte> line)
    {
        if (IsOver || !TryFind(out var request))
        {
            return Said.Unasked(line);
        }

        var over = IsItsOwnReply(request.Span, line.Span) ? default : Judge(request, line);
        if (over.IsNone)
        {
            Pass(request);
            Replies++;
        }

        return over;
    }

    /// <summary>An ECHO as clients write it is its own reply: nothing has to be taken apart.</summary>
    private static bool IsItsOwnReply(ReadOnlySpan<byte> request, ReadOnlySpan<byte> reply) =>
        reply.SequenceEqual(request)
        && request.StartsWith(PlainEcho)
        && !Grammar.IsSpace(request[^1])
        && Ascii.IsValid(request);

    private Option<ClientError> Judge(ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> line)
    {
        // The rest of a line that is longer than a piece has left, but is not kept.
        var isCut = request.Length == rest.Length;
        var answer = Said.Read(line, Awaited)
            .Bind(said =>
                isCut
                    ? said.AsAnswer<Reply>(Agrees(said.Reply, request), said.Reply)
                    : said.AsAnswer<Reply>(said.Reply)
            );
        IsOver = answer.Exists(static reply => reply == Reply.Bye);
        return answer.IsRight ? default : Refuse((ClientError)answer);
    }

    private Option<ClientError> Refuse(ClientError error)
    {
        if (error.EndsConversation)
        {
            return error;
        }

        Refusals++;
        FirstRefusal = FirstRefusal || error;
        return default;
    }

    /// <summary>Whether a reply, errors apart, does not contradict the beginning of its request.</summary>
    private static bool Agrees(Reply reply, ReadOnlyMemory<byte> begun)
    {
        var isInCharacter =
            Rune.DecodeLastFromUtf8(begun.Span, out _, out var length) == OperationStatus.NeedMoreData;
        return Protocol
            .Parse(isInCharacter ? begun[..^length] : begun)
            .Match(
                // An ECHO whose text has not begun yet.
                Left: error => error == ErrorCode.BadArguments && Payload.Echo(reply).IsSome,
                Right: command =>
                    command.AsText.Match(
                        Some: text => Payload.Echo(reply).Exists(echo => echo.Bytes.StartsWith(text.Bytes)),
                        None: () => Protocol.IsReplyTo(reply, command)
                    )
            );
    }

    /// <summary>Finds the oldest request without a reply.</summary>
    /// <param name="request">It, without its LF; of one that is longer than a piece, what is in the piece.</param>
    private bool TryFind(out ReadOnlyMemory<byte> request)
    {
        if (rest.IsEmpty)
        {
            next().Iter(entered => (chunk, rest) = (entered, entered.Requests));
        }

        // Where anything is left, a request is. A blank line is none (F-3).
        rest = rest.TrimStart(Grammar.Lf);
        var length = rest.Span.IndexOf(Grammar.Lf);
        request = length >= 0 ? rest[..length] : rest;
        return !rest.IsEmpty;
    }

    private void Pass(ReadOnlyMemory<byte> request)
    {
        rest = rest[Math.Min(request.Length + 1, rest.Length)..];
        if (rest.IsEmpty)
        {
            done(chunk);
        }
    }
}
