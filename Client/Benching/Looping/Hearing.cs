using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Benching.Looping;

/// <summary>
/// What is heard of a server besides the very bytes that are expected: greetings, another time than the last one, and what
/// should not have come. Slow, and off the way of a reply like the last one.
/// </summary>
/// <param name="question">What is asked.</param>
/// <param name="longest">The most bytes of a line.</param>
internal sealed class Hearing(Question question, int longest)
{
    private readonly Dictionary<int, byte[]> begun = [];

    /// <summary>The beginning of a line of which no end has come, quoted; empty where there is none.</summary>
    internal string Begun(int connection) =>
        begun.TryGetValue(connection, out var bytes) ? Quote.Of(bytes) : "";

    /// <summary>Listens for the greeting.</summary>
    /// <returns>Whether it has come; or what came instead.</returns>
    internal Either<ClientError, bool> Greet(int connection, ReadOnlySpan<byte> bytes)
    {
        var all = Join(connection, bytes);
        var end = all.AsSpan().IndexOf(Grammar.Lf);
        if (end < 0)
        {
            begun[connection] = all;
            return all.Length > longest ? TooLong(all) : false;
        }

        begun.Remove(connection);
        var greeting = Said.Read(all.AsMemory(0, end), Awaited.Greeting)
            .Bind(static said => said.AsGreeting());
        return greeting.IsLeft ? (ClientError)greeting
            : end + 1 < all.Length ? Said.Unasked(all.AsMemory(end + 1).TrimEnd(Grammar.Lf))
            : true;
    }

    /// <summary>Something came that was not expected: judges every whole line, and keeps the beginning of one.</summary>
    /// <param name="connection">On which connection of the load's.</param>
    /// <param name="place">How many bytes of a reply came before, as expected.</param>
    /// <param name="underWay">How many requests are not answered.</param>
    /// <param name="bytes">What came.</param>
    /// <returns>
    /// The replies, where all of them are right; none yet where more has begun than was asked for; or what is wrong with the
    /// first that is not.
    /// </returns>
    internal Either<ClientError, RightReplies> Judge(
        int connection,
        int place,
        int underWay,
        ReadOnlySpan<byte> bytes
    )
    {
        if (place > 0)
        {
            Keep(connection, place);
        }

        var right = new RightReplies(0, default);
        var all = Join(connection, bytes);
        var rest = all.AsMemory();
        for (int end; (end = rest.Span.IndexOf(Grammar.Lf)) >= 0; rest = rest[(end + 1)..])
        {
            if (right.Count == underWay)
            {
                return Said.Unasked(rest[..end]);
            }

            if (!question.IsAnswered(rest[..end]))
            {
                return Wrong(rest[..end]);
            }

            right = new RightReplies(right.Count + 1, rest[..(end + 1)]);
        }

        // Once these are answered more is asked, and what has begun too early would pass for the answer.
        var isTooMuch = right.Count == underWay && !rest.IsEmpty;
        begun[connection] = isTooMuch ? all : rest.ToArray();
        return rest.Length > longest ? TooLong(rest.Span)
            : isTooMuch ? new RightReplies(0, default)
            : right;
    }

    /// <summary>Keeps the beginning of a reply, of which so many bytes have come as expected.</summary>
    internal void Keep(int connection, int place) => begun[connection] = question.Begun(place).ToArray();

    /// <summary>Keeps it no longer, if it is as expected.</summary>
    /// <returns>Whether it is; and how many bytes of it have come.</returns>
    internal bool Forget(int connection, out int place)
    {
        place = begun[connection].Length;
        return question.Expects(0, begun[connection]) && begun.Remove(connection);
    }

    private byte[] Join(int connection, ReadOnlySpan<byte> bytes) =>
        begun.TryGetValue(connection, out var before) ? [.. before, .. bytes] : bytes.ToArray();

    private ClientError.ProtocolBroken TooLong(ReadOnlySpan<byte> bytes) =>
        new(new Breach.LineTooLong(longest, Quote.Of(bytes)));

    /// <summary>A reply that is right in itself is wrong here: there is none that would do.</summary>
    private ClientError Wrong(ReadOnlyMemory<byte> line) =>
        (ClientError)Said.Read(line, question.Awaits).Bind(static said => said.AsAnswer(Option<string>.None));
}

/// <summary>Replies that were judged, and found right.</summary>
/// <param name="Count">How many.</param>
/// <param name="Last">The last of them, with its LF; empty where there are none.</param>
internal readonly record struct RightReplies(int Count, ReadOnlyMemory<byte> Last);
