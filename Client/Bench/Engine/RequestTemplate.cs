using System.Text;
using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Bench.Engine;

/// <summary>
/// The bytes of the repeated request and of its expected reply. For TIME the last received time is expected again.
/// </summary>
internal sealed class RequestTemplate
{
    // A batch of more bytes is sent in several pieces.
    private const int MaxRequestBytes = 64 * 1024;

    private readonly bool isTime;
    private readonly int receiveBufferSize;
    private byte[] expectedReplies = [];

    /// <param name="command">The request.</param>
    /// <param name="depth">The most requests in a batch.</param>
    /// <param name="receiveBufferSize">The most bytes of one receive.</param>
    internal RequestTemplate(Command command, int depth, int receiveBufferSize)
    {
        ExpectedReply = PendingOperation.ReplyTo(command);
        var request = Encode(Protocol.Render(command));
        var reply = Encode(Protocol.Render(Protocol.Evaluate(command, default(DateTimeOffset))));
        isTime = command == Command.Time;
        this.receiveBufferSize = receiveBufferSize;
        RequestLength = request.Length;
        RequestBytes = Repeat(request, Math.Min(depth, Math.Max(1, MaxRequestBytes / request.Length)));
        SetExpected(reply);
    }

    /// <summary>What an error names as the awaited reply.</summary>
    internal PendingOperation ExpectedReply { get; }

    /// <summary>The length of a request in bytes, with its LF.</summary>
    internal int RequestLength { get; }

    /// <summary>The length of the expected reply in bytes, with its LF.</summary>
    internal int ReplyLength { get; private set; }

    /// <summary>The request, repeated.</summary>
    internal byte[] RequestBytes { get; }

    /// <summary>The first bytes of the expected reply.</summary>
    internal ReadOnlySpan<byte> ExpectedPrefix(int length) => expectedReplies.AsSpan(0, length);

    /// <summary>Whether bytes continue a stream of expected replies.</summary>
    /// <param name="offset">The number of bytes of the current reply before them.</param>
    /// <param name="bytes">The bytes of one receive.</param>
    internal bool Matches(int offset, ReadOnlySpan<byte> bytes) =>
        expectedReplies.AsSpan(offset).StartsWith(bytes);

    /// <summary>Checks a line: only the expected bytes are correct, or for TIME any time.</summary>
    /// <param name="line">The line without its LF.</param>
    /// <returns>The error of a wrong line.</returns>
    internal Option<ClientError> FindError(ReadOnlyMemory<byte> line)
    {
        var isExpected = isTime || line.Span.SequenceEqual(expectedReplies.AsSpan(0, ReplyLength - 1));
        return ReceivedReply
            .Parse(line, ExpectedReply)
            .Bind(reply => reply.ToResult(isExpected ? Prelude.unit : Option<Unit>.None))
            .Match(Left: static error => error, Right: static _ => Option<ClientError>.None);
    }

    /// <summary>Expects another reply from now on.</summary>
    /// <param name="reply">The reply with its LF.</param>
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
