using TinyTcp.Core.Wire;

namespace TinyTcp.Client.Batches;

/// <summary>Requests that are sent in one write: whole lines, or a part of a line longer than a chunk.</summary>
/// <param name="Buffer">Holds the bytes; reused when all requests that begin in it have replies.</param>
/// <param name="Length">The number of bytes to send.</param>
/// <param name="RequestRange">
/// The requests that begin in this chunk, from the start of the first line to the end of the last request. Only the last may
/// lack its LF: it continues in the next chunk.
/// </param>
/// <param name="RequestCount">The number of requests that end in this chunk: each of them gets a reply.</param>
internal readonly record struct Chunk(byte[] Buffer, int Length, Range RequestRange, int RequestCount)
{
    /// <summary>The bytes to send.</summary>
    internal ReadOnlyMemory<byte> Bytes => Buffer.AsMemory(0, Length);

    /// <summary>The requests that begin in this chunk, with empty lines between them; empty if none begins.</summary>
    internal ReadOnlyMemory<byte> Requests => Buffer.AsMemory(RequestRange);

    /// <summary>
    /// Creates a chunk. Blank lines are reduced to their LF, because a server with a lower limit would reply to a long one
    /// (F-4) and others would not (F-3).
    /// </summary>
    /// <param name="buffer">The bytes; modified.</param>
    /// <param name="length">Their number: up to the end of a line, or a part of one line from its first word.</param>
    /// <param name="continues">Whether the chunk begins inside a request.</param>
    internal static Chunk From(byte[] buffer, int length, bool continues)
    {
        var bytes = buffer.AsSpan(0, length);
        if (bytes[^1] != Grammar.Lf)
        {
            return new(buffer, length, continues ? ..0 : ..length, RequestCount: 0);
        }

        var start = continues ? bytes.IndexOf(Grammar.Lf) + 1 : 0;
        var (read, written, end) = (start, start, start);
        var count = continues ? 1 : 0;
        while (read < length)
        {
            var line = bytes.Slice(read, bytes[read..].IndexOf(Grammar.Lf) + 1);
            var isBlank = Grammar.IsBlank(line[..^1]);
            var kept = isBlank ? line[^1..] : line;
            kept.CopyTo(bytes[written..]);
            (read, written) = (read + line.Length, written + kept.Length);
            (end, count) = isBlank ? (end, count) : (written, count + 1);
        }

        return new(buffer, written, start..end, count);
    }
}
