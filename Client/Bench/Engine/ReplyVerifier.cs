using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Bench.Engine;

/// <summary>
/// Verifies received bytes that differ from the expected ones: greetings, another time than in the last reply, and errors. The
/// slow path: a reply that equals the last one does not get here.
/// </summary>
/// <param name="template">The request and its expected reply.</param>
/// <param name="maxLine">The most bytes of a line.</param>
internal sealed class ReplyVerifier(RequestTemplate template, int maxLine)
{
    private readonly Dictionary<int, byte[]> partialLines = [];

    /// <summary>The line that a connection has received in part, quoted; empty if none.</summary>
    internal string PartialLine(int connection) =>
        partialLines.TryGetValue(connection, out var bytes) ? Quote.Of(bytes) : "";

    /// <summary>Verifies bytes that arrived before the greeting was complete.</summary>
    /// <returns>Whether the greeting is complete, or an error.</returns>
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

    /// <summary>Verifies each complete line, and keeps a last incomplete one.</summary>
    /// <param name="connection">The number of the connection.</param>
    /// <param name="offset">The number of bytes of this reply that arrived before and were as expected.</param>
    /// <param name="inFlight">The number of requests without a reply.</param>
    /// <param name="bytes">The received bytes.</param>
    /// <returns>
    /// The verified replies; none yet if a line has begun that no request is in flight for; or the error of the first wrong line.
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

        var verified = new VerifiedReplies(0, default);
        var all = Prepend(connection, bytes);
        var rest = all.AsMemory();
        for (int end; (end = rest.Span.IndexOf(Grammar.Lf)) >= 0; rest = rest[(end + 1)..])
        {
            if (verified.Count == inFlight)
            {
                return ReceivedReply.ToUnsolicitedError(rest[..end]);
            }

            var error = template.FindError(rest[..end]);
            if (error.IsSome)
            {
                return (ClientError)error;
            }

            verified = new VerifiedReplies(verified.Count + 1, rest[..(end + 1)]);
        }

        // If these replies counted now, the next request would be sent, and the line that began too early would pass for its reply.
        var isUnsolicited = verified.Count == inFlight && !rest.IsEmpty;
        partialLines[connection] = isUnsolicited ? all : rest.ToArray();
        return rest.Length > maxLine ? TooLong(rest.Span)
            : isUnsolicited ? new VerifiedReplies(0, default)
            : verified;
    }

    /// <summary>Keeps the first bytes of a reply, which arrived as expected.</summary>
    internal void SavePartial(int connection, int length) =>
        partialLines[connection] = template.ExpectedPrefix(length).ToArray();

    /// <summary>Drops the incomplete line of a connection if it is the start of the expected reply.</summary>
    /// <returns>Whether it is, and its length.</returns>
    internal bool TryRestore(int connection, out int length)
    {
        length = partialLines[connection].Length;
        return template.Matches(0, partialLines[connection]) && partialLines.Remove(connection);
    }

    private byte[] Prepend(int connection, ReadOnlySpan<byte> bytes) =>
        partialLines.TryGetValue(connection, out var before) ? [.. before, .. bytes] : bytes.ToArray();

    private ClientError.ProtocolError TooLong(ReadOnlySpan<byte> bytes) =>
        new(new ProtocolViolation.LineTooLong(maxLine, Quote.Of(bytes)));
}
