using System.Text;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Bench.Engine;

/// <summary>
/// What is asked over and over, and what has to come, byte for byte: the same requests have a stream of the same
/// replies. Of times the last one that was told is expected again.
/// </summary>
internal sealed class RequestTemplate
{
    // Requests that leave at once are copied from here; more of them leave in several pieces.
    private const int MaxRequestBytes = 64 * 1024;

    private readonly bool isTime;
    private readonly int receiveBufferSize;
    private byte[] expectedReplies = [];

    /// <summary>Prepares it.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="depth">How many requests leave at once.</param>
    /// <param name="receiveBufferSize">The most bytes that are received at once.</param>
    internal RequestTemplate(Command command, int depth, int receiveBufferSize)
    {
        AwaitedReply = PendingOperation.ReplyTo(command);
        var request = Encode(Protocol.Render(command));
        var reply = Encode(Protocol.Render(Protocol.Evaluate(command, default(DateTimeOffset))));
        isTime = command == Command.Time;
        this.receiveBufferSize = receiveBufferSize;
        RequestLength = request.Length;
        RequestBytes = Repeat(request, Math.Min(depth, Math.Max(1, MaxRequestBytes / request.Length)));
        SetExpected(reply);
    }

    /// <summary>What is waited for.</summary>
    internal PendingOperation AwaitedReply { get; }

    /// <summary>How long a request is.</summary>
    internal int RequestLength { get; }

    /// <summary>How long the reply is that is expected.</summary>
    internal int ReplyLength { get; private set; }

    /// <summary>Requests, one after the other.</summary>
    internal byte[] RequestBytes { get; }

    /// <summary>How a reply begins that so many bytes have come of.</summary>
    internal ReadOnlySpan<byte> ExpectedPrefix(int length) => expectedReplies.AsSpan(0, length);

    /// <summary>Whether bytes are what stands at this place of the stream of replies.</summary>
    /// <param name="offset">How many bytes of a reply came before them.</param>
    /// <param name="bytes">No more than are received at once.</param>
    internal bool Matches(int offset, ReadOnlySpan<byte> bytes) =>
        expectedReplies.AsSpan(offset).StartsWith(bytes);

    /// <summary>Whether a line is the right reply: of texts the one that is expected, of times any.</summary>
    /// <param name="line">Without its LF.</param>
    internal bool IsValidReply(ReadOnlyMemory<byte> line) =>
        isTime
            ? Protocol.Read(line) is { IsRight: true } read && AwaitedReply.Matches((Reply)read)
            : line.Span.SequenceEqual(expectedReplies.AsSpan(0, ReplyLength - 1));

    /// <summary>From now on another reply is expected.</summary>
    /// <param name="reply">With its LF.</param>
    internal void SetExpected(ReadOnlyMemory<byte> reply)
    {
        ReplyLength = reply.Length;
        expectedReplies = Repeat(reply.Span, (receiveBufferSize / reply.Length) + 2);
    }

    private static byte[] Encode(string line) => [.. Encoding.UTF8.GetBytes(line), Grammar.Lf];

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
