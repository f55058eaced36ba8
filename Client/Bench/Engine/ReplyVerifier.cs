using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Bench.Engine;

/// <summary>
/// What is heard of a server besides the very bytes that are expected: greetings, another time than the last one, and what
/// should not have come. Slow, and off the way of a reply like the last one.
/// </summary>
/// <param name="template">What is asked.</param>
/// <param name="maxLine">The most bytes of a line.</param>
internal sealed class ReplyVerifier(RequestTemplate template, int maxLine)
{
    private readonly Dictionary<int, byte[]> partialLines = [];

    /// <summary>The beginning of a line of which no end has come, quoted; empty where there is none.</summary>
    internal string PartialLine(int connection) =>
        partialLines.TryGetValue(connection, out var bytes) ? Quote.Of(bytes) : "";

    /// <summary>Listens for the greeting.</summary>
    /// <returns>Whether it has come; or what came instead.</returns>
    internal Either<ClientError, bool> VerifyGreeting(int connection, ReadOnlySpan<byte> bytes)
    {
        var all = Prepend(connection, bytes);
        var end = all.AsSpan().IndexOf(Grammar.Lf);
        if (end < 0)
        {
            partialLines[connection] = all;
            return all.Length > maxLine ? TooLong(all) : false;
        }

        partialLines.Remove(connection);
        var greeting = ReceivedReply
            .Parse(all.AsMemory(0, end), PendingOperation.Greeting)
            .Bind(static reply => reply.ToGreeting());
        return greeting.IsLeft ? (ClientError)greeting
            : end + 1 < all.Length
                ? ReceivedReply.ToUnsolicitedError(all.AsMemory(end + 1).TrimEnd(Grammar.Lf))
            : true;
    }

    /// <summary>Something came that was not expected: judges every whole line, and keeps the beginning of one.</summary>
    /// <param name="connection">On which connection of the load's.</param>
    /// <param name="offset">How many bytes of a reply came before, as expected.</param>
    /// <param name="inFlight">How many requests are not answered.</param>
    /// <param name="bytes">What came.</param>
    /// <returns>
    /// The replies, where all of them are right; none yet where more has begun than was asked for; or what is wrong with the
    /// first that is not.
    /// </returns>
    internal Either<ClientError, VerifiedReplies> Verify(
        int connection,
        int offset,
        int inFlight,
        ReadOnlySpan<byte> bytes
    )
    {
        if (offset > 0)
        {
            SavePartial(connection, offset);
        }

        var right = new VerifiedReplies(0, default);
        var all = Prepend(connection, bytes);
        var rest = all.AsMemory();
        for (int end; (end = rest.Span.IndexOf(Grammar.Lf)) >= 0; rest = rest[(end + 1)..])
        {
            if (right.Count == inFlight)
            {
                return ReceivedReply.ToUnsolicitedError(rest[..end]);
            }

            if (!template.IsValidReply(rest[..end]))
            {
                return ErrorOf(rest[..end]);
            }

            right = new VerifiedReplies(right.Count + 1, rest[..(end + 1)]);
        }

        // Once these are answered more is asked, and what has begun too early would pass for the answer.
        var isTooMuch = right.Count == inFlight && !rest.IsEmpty;
        partialLines[connection] = isTooMuch ? all : rest.ToArray();
        return rest.Length > maxLine ? TooLong(rest.Span)
            : isTooMuch ? new VerifiedReplies(0, default)
            : right;
    }

    /// <summary>Keeps the beginning of a reply, of which so many bytes have come as expected.</summary>
    internal void SavePartial(int connection, int length) =>
        partialLines[connection] = template.ExpectedPrefix(length).ToArray();

    /// <summary>Keeps it no longer, if it is as expected.</summary>
    /// <returns>Whether it is; and how many bytes of it have come.</returns>
    internal bool TryRestore(int connection, out int length)
    {
        length = partialLines[connection].Length;
        return template.Matches(0, partialLines[connection]) && partialLines.Remove(connection);
    }

    private byte[] Prepend(int connection, ReadOnlySpan<byte> bytes) =>
        partialLines.TryGetValue(connection, out var before) ? [.. before, .. bytes] : bytes.ToArray();

    private ClientError.ProtocolError TooLong(ReadOnlySpan<byte> bytes) =>
        new(new ProtocolViolation.LineTooLong(maxLine, Quote.Of(bytes)));

    /// <summary>A reply that is right in itself is wrong here: there is none that would do.</summary>
    private ClientError ErrorOf(ReadOnlyMemory<byte> line) =>
        (ClientError)
            ReceivedReply
                .Parse(line, template.AwaitedReply)
                .Bind(static reply => reply.ToResult(Option<string>.None));
}

/// <summary>Replies that were judged, and found right.</summary>
/// <param name="Count">How many.</param>
/// <param name="Last">The last of them, with its LF; empty where there are none.</param>
internal readonly record struct VerifiedReplies(int Count, ReadOnlyMemory<byte> Last);
