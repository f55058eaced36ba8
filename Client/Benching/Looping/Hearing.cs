using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Core;

namespace TinyTcp.Cli.Benching.Looping;

/// <summary>
/// What is heard of a server besides the replies that are due: greetings, and what should not have come. Slow, and off the way
/// of a right reply.
/// </summary>
/// <param name="question">What is asked.</param>
/// <param name="longest">The most bytes of a line.</param>
internal sealed class Hearing(Question question, int longest)
{
    private readonly Dictionary<int, byte[]> begun = [];

    /// <summary>The beginning of a line of which no end has come, quoted; empty where there is none.</summary>
    internal string Begun(int line) => begun.TryGetValue(line, out var bytes) ? Quote.Of(bytes) : "";

    /// <summary>Listens for the greeting.</summary>
    /// <returns>Whether it has come; or what came instead.</returns>
    internal Either<ClientError, bool> Greet(int line, ReadOnlySpan<byte> bytes)
    {
        var all = Join(line, bytes);
        var end = all.AsSpan().IndexOf(Grammar.Lf);
        if (end < 0)
        {
            begun[line] = all;
            return all.Length > longest ? TooLong(all) : false;
        }

        begun.Remove(line);
        var greeting = Said.Read(all.AsMemory(0, end), Awaited.Greeting)
            .Bind(static said => said.AsGreeting());
        return greeting.IsLeft ? (ClientError)greeting
            : end + 1 < all.Length ? Said.Unasked(all.AsMemory(end + 1).TrimEnd(Grammar.Lf))
            : true;
    }

    /// <summary>Something came that is not due: finds the line that is wrong.</summary>
    /// <param name="line">On which line of the load's.</param>
    /// <param name="place">How many bytes of a reply came before.</param>
    /// <param name="underWay">How many requests are not answered.</param>
    /// <param name="bytes">What came.</param>
    /// <returns>What is wrong; nothing where the end of the wrong line is still to come.</returns>
    internal Option<ClientError> Judge(int line, int place, int underWay, ReadOnlySpan<byte> bytes)
    {
        // The first time, what came before was as expected; then it is kept here, as all of it is until it can be judged.
        var before = begun.ContainsKey(line) ? [] : question.Begun(place);
        var all = Join(line, [.. before, .. bytes]);
        var rest = all.AsMemory();
        for (int end; (end = rest.Span.IndexOf(Grammar.Lf)) >= 0; rest = rest[(end + 1)..])
        {
            if (underWay-- <= 0)
            {
                return Said.Unasked(rest[..end]);
            }

            if (end + 1 != question.ReplyLength || !question.Expects(0, rest.Span[..(end + 1)]))
            {
                return Wrong(rest[..end]);
            }
        }

        begun[line] = all;
        return rest.Length > longest ? TooLong(rest.Span) : Option<ClientError>.None;
    }

    private byte[] Join(int line, ReadOnlySpan<byte> bytes) =>
        begun.TryGetValue(line, out var before) ? [.. before, .. bytes] : bytes.ToArray();

    private ClientError.ProtocolBroken TooLong(ReadOnlySpan<byte> bytes) =>
        new(new Breach.LineTooLong(longest, Quote.Of(bytes)));

    /// <summary>A reply that is right in itself is wrong here: there is none that would do.</summary>
    private ClientError Wrong(ReadOnlyMemory<byte> line) =>
        (ClientError)Said.Read(line, question.Awaits).Bind(static said => said.AsAnswer(Option<string>.None));
}
