using System.Collections.Concurrent;
using System.Threading.Channels;
using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client.Batches;

/// <summary>
/// Sends requests from a stream in chunks of whole lines, and queues each chunk for the reply matcher. At most
/// <see cref="MaxChunks"/> are queued, so memory is bounded whatever the number and length of the lines.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="timeout">Notified of each write.</param>
internal sealed class BatchWriter(Stream connection, BatchTimeout timeout)
{
    private const int ChunkSize = 128 * 1024;
    private const int MaxChunks = 8;

    private readonly Channel<Chunk> sentChunks = Channel.CreateBounded<Chunk>(MaxChunks);
    private readonly ConcurrentBag<byte[]> freeBuffers = [];

    /// <summary>Dequeues the next chunk in which a request begins, if one has been sent.</summary>
    internal Option<Chunk> NextSent() =>
        sentChunks.Reader.TryRead(out var chunk) ? chunk : Option<Chunk>.None;

    /// <summary>Lets the chunk's buffer be used again.</summary>
    internal void Release(Chunk chunk) => freeBuffers.Add(chunk.Buffer);

    /// <summary>Sends the whole stream. A last line without LF gets one.</summary>
    /// <returns>The message of a failed write, if one failed.</returns>
    internal async Task<Option<string>> SendAllAsync(Stream requests, CancellationToken cancellationToken)
    {
        var (buffer, filled, continues) = (Rent(), 0, false);
        var error = Option<string>.None;
        while (
            error.IsNone
            && await ReadAsync(requests, buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false)
                is > 0
                    and var count
        )
        {
            var end = filled + buffer.AsSpan(filled, count).LastIndexOf(Grammar.Lf) + 1;
            var hasEnd = end > filled;
            filled += count;
            if (!hasEnd && !continues && filled == buffer.Length)
            {
                filled = TrimLeadingSpace(buffer);
            }

            if (hasEnd || filled == buffer.Length)
            {
                var length = hasEnd ? end : filled;
                var rest = Rent();
                buffer.AsSpan(length, filled - length).CopyTo(rest);
                error = await SendAsync(Chunk.From(buffer, length, continues), cancellationToken)
                    .ConfigureAwait(false);
                (buffer, filled, continues) = (rest, filled - length, !hasEnd);
            }
        }

        if (error.IsSome || (filled == 0 && !continues))
        {
            return error;
        }

        buffer[filled] = Grammar.Lf;
        return await SendAsync(Chunk.From(buffer, filled + 1, continues), cancellationToken)
            .ConfigureAwait(false);
    }

    // The read may be abandoned, because not every stream cancels a read: a terminal's does not.
    private static Task<int> ReadAsync(
        Stream source,
        Memory<byte> destination,
        CancellationToken cancellationToken
    ) => source.ReadAsync(destination, cancellationToken).AsTask().WaitOrAbandonAsync(cancellationToken);

    private byte[] Rent() => freeBuffers.TryTake(out var buffer) ? buffer : new byte[ChunkSize];

    /// <summary>
    /// Removes leading white space (F-2) of a line longer than a chunk, so that its first chunk tells its command, or that it
    /// is blank so far.
    /// </summary>
    /// <returns>The number of bytes left.</returns>
    private static int TrimLeadingSpace(Span<byte> line)
    {
        var start = 0;
        while (start < line.Length && Grammar.IsSpace(line[start]))
        {
            start++;
        }

        line[start..].CopyTo(line);
        return line.Length - start;
    }

    private async Task<Option<string>> SendAsync(Chunk chunk, CancellationToken cancellationToken)
    {
        var hasRequests = !chunk.Requests.IsEmpty;
        if (hasRequests)
        {
            await sentChunks.Writer.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
        }

        timeout.OnSending(chunk.RequestCount);
        try
        {
            await connection.WriteAsync(chunk.Bytes, cancellationToken).ConfigureAwait(false);
            await connection.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (StreamErrors.IsFailure(exception, cancellationToken))
        {
            return StreamErrors.MessageOf(exception);
        }

        timeout.OnSent();
        if (!hasRequests)
        {
            // The matcher, which releases the others, does not get this chunk.
            Release(chunk);
        }

        return default;
    }
}
