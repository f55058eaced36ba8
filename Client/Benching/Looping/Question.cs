using System.Text;
using TinyTcp.Client;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Benching.Looping;

/// <summary>
/// What is asked over and over, and what has to come, byte for byte: the same requests have a stream of the same
/// replies. Of times the last one that was told is expected again.
/// </summary>
internal sealed class Question
{
    // Requests that leave at once are copied from here; more of them leave in several pieces.
    private const int MostRequests = 64 * 1024;

    private readonly bool tellsTime;
    private readonly int received;
    private byte[] expected = [];

    /// <summary>Prepares it.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="depth">How many requests leave at once.</param>
    /// <param name="received">The most bytes that are received at once.</param>
    internal Question(Command command, int depth, int received)
    {
        Awaits = Awaited.ReplyTo(command);
        var request = Bytes(Protocol.Render(command));
        var reply = Bytes(Protocol.Render(Protocol.Evaluate(command, default(DateTimeOffset))));
        tellsTime = command == Command.Time;
        this.received = received;
        RequestLength = request.Length;
        Requests = Repeat(request, Math.Min(depth, Math.Max(1, MostRequests / request.Length)));
        Expect(reply);
    }

    /// <summary>What is waited for.</summary>
    internal Awaited Awaits { get; }

    /// <summary>How long a request is.</summary>
    internal int RequestLength { get; }

    /// <summary>How long the reply is that is expected.</summary>
    internal int ReplyLength { get; private set; }

    /// <summary>Requests, one after the other.</summary>
    internal byte[] Requests { get; }

    /// <summary>How a reply begins that so many bytes have come of.</summary>
    internal ReadOnlySpan<byte> Begun(int place) => expected.AsSpan(0, place);

    /// <summary>Whether bytes are what stands at this place of the stream of replies.</summary>
    /// <param name="place">How many bytes of a reply came before them.</param>
    /// <param name="bytes">No more than are received at once.</param>
    internal bool Expects(int place, ReadOnlySpan<byte> bytes) => expected.AsSpan(place).StartsWith(bytes);

    /// <summary>Whether a line is the right reply: of texts the one that is expected, of times any.</summary>
    /// <param name="line">Without its LF.</param>
    internal bool IsAnswered(ReadOnlyMemory<byte> line) =>
        tellsTime
            ? Protocol.Read(line) is { IsRight: true } read && Awaits.Admits((Reply)read)
            : line.Span.SequenceEqual(expected.AsSpan(0, ReplyLength - 1));

    /// <summary>From now on another reply is expected.</summary>
    /// <param name="reply">With its LF.</param>
    internal void Expect(ReadOnlyMemory<byte> reply)
    {
        ReplyLength = reply.Length;
        expected = Repeat(reply.Span, (received / reply.Length) + 2);
    }

    private static byte[] Bytes(string line) => [.. Encoding.UTF8.GetBytes(line), Grammar.Lf];

    private static byte[] Repeat(ReadOnlySpan<byte> bytes, int times)
    {
        var all = new byte[bytes.Length * times];
        for (var at = 0; at < all.Length; at += bytes.Length)
        {
            bytes.CopyTo(all.AsSpan(at));
        }

        return all;
    }
}
