using System.Text;
using LanguageExt;
using TinyTcp.Core;

namespace TinyTcp.Client;

/// <summary>
/// Walks along the requests that have been sent and the replies that come, line by line, and sees that each reply is its
/// request's. It keeps no reply, and of the requests only where it is in them.
/// </summary>
/// <param name="next">The next piece of requests, if one has been sent.</param>
/// <param name="done">Told of each piece whose requests have all been answered.</param>
internal sealed class ReplyWalk(Func<Option<Chunk>> next, Action<Chunk> done)
{
    private Chunk chunk;
    private bool isInside;
    private int at;

    /// <summary>How many replies have come, but for those to requests that the caller did not ask.</summary>
    internal long Replies { get; private set; }

    /// <summary>How many of them were errors.</summary>
    internal long Refusals { get; private set; }

    /// <summary>The first error that answered a request.</summary>
    internal Option<ClientError> FirstRefusal { get; private set; }

    /// <summary>Whether QUIT was answered: nothing may come any more.</summary>
    internal bool IsOver { get; private set; }

    /// <summary>Whether the last reply that was heard answers a request that the caller did not ask.</summary>
    internal bool WasOurs { get; private set; }

    /// <summary>Whether some request that has been sent is not answered.</summary>
    internal bool IsOwed => !IsOver && TryFind(out _);

    /// <summary>What is waited for: the reply to the oldest request that has none.</summary>
    internal Awaited Awaited =>
        IsOver ? Awaited.Close
        : TryFind(out var request) ? Awaited.ReplyTo(Octets.From(request.Span))
        : Awaited.Request;

    private static ReadOnlySpan<byte> PlainEcho => "ECHO "u8;

    /// <summary>Judges one line of the server's.</summary>
    /// <param name="line">It, without its LF.</param>
    /// <returns>The error that ends the conversation, if it is one.</returns>
    internal Option<ClientError> Hear(ReadOnlyMemory<byte> line)
    {
        if (IsOver || !TryFind(out var request))
        {
            return Said.Unasked(line);
        }

        WasOurs = chunk.IsOurs;
        var over = IsItsOwnReply(request.Span, line.Span) ? default : Judge(line);
        if (over.IsNone)
        {
            Pass(request);
            Replies += WasOurs ? 0 : 1;
        }

        return over;
    }

    /// <summary>An ECHO as clients write it is its own reply: nothing has to be taken apart.</summary>
    private static bool IsItsOwnReply(ReadOnlySpan<byte> request, ReadOnlySpan<byte> reply) =>
        reply.SequenceEqual(request)
        && request.StartsWith(PlainEcho)
        && request.Length > PlainEcho.Length
        && Ascii.IsValid(request);

    private Option<ClientError> Judge(ReadOnlyMemory<byte> line)
    {
        var answer = Said.Read(line, Awaited)
            .Bind(static said =>
                said.AsAnswer(said.Awaited.Admits(said.Reply) ? said.Reply : Option<Reply>.None)
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

    /// <summary>Finds the oldest request without a reply. A blank line is none (F-3).</summary>
    /// <param name="request">It, without its LF; of one that is longer than a piece, what is in the piece.</param>
    private bool TryFind(out ReadOnlyMemory<byte> request)
    {
        while (isInside || TryEnter())
        {
            if (!isInside)
            {
                continue;
            }

            var rest = chunk.Bytes[at..];
            var length = rest.Span.IndexOf(Grammar.Lf);
            request = length >= 0 ? rest[..length] : rest;
            if (!IsBlank(request.Span))
            {
                return true;
            }

            Pass(request);
        }

        request = default;
        return false;
    }

    private void Pass(ReadOnlyMemory<byte> request)
    {
        at += request.Length + 1;
        if (at >= chunk.Length)
        {
            isInside = false;
            done(chunk);
        }
    }

    private bool TryEnter()
    {
        var entered = next();
        if (entered.IsNone)
        {
            return false;
        }

        (chunk, isInside, at) = ((Chunk)entered, true, 0);
        if (chunk.Continues)
        {
            // What a longer line goes on with has been answered with its beginning.
            var length = chunk.Bytes.Span.IndexOf(Grammar.Lf);
            Pass(length >= 0 ? chunk.Bytes[..length] : chunk.Bytes);
        }

        return true;
    }

    private static bool IsBlank(ReadOnlySpan<byte> line)
    {
        foreach (var value in line)
        {
            if (!Grammar.IsSpace(value))
            {
                return false;
            }
        }

        return true;
    }
}
