using System.Collections.Concurrent;
using System.Threading.Channels;
using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client.Batches;

/// <summary>
/// Sends requests from a stream, in pieces of whole lines, and hands each piece on to be answered. Only so many are on
/// their way at once: what it holds does not depend on how much there is to send, or on how long a line is.
/// </summary>
/// <param name="connection">Where to.</param>
/// <param name="timeout">Told of each piece that leaves.</param>
internal sealed class BatchWriter(Stream connection, BatchTimeout timeout)
{
    private const int ChunkSize = 128 * 1024;
    private const int MaxChunks = 8;

    private readonly Channel<Chunk> sentChunks = Channel.CreateBounded<Chunk>(MaxChunks);
    private readonly ConcurrentBag<byte[]> freeBuffers = [];

    /// <summary>The next piece that has been sent and asks for something, if there is one.</summary>
    internal Option<Chunk> NextSent() =>
        sentChunks.Reader.TryRead(out var chunk) ? chunk : Option<Chunk>.None;

    /// <summary>A piece is not needed any more.</summary>
    internal void Release(Chunk chunk) => freeBuffers.Add(chunk.Buffer);

    /// <summary>Sends all that a stream gives. A last line without LF is given one.</summary>
    /// <returns>How the connection broke before the end, if it did.</returns>
    internal async Task<Option<string>> SendAllAsync(Stream requests, CancellationToken cancellationToken)
    {
        var (buffer, held, continues) = (Rent(), 0, false);
        var broken = Option<string>.None;
        while (
            broken.IsNone
            && await ReadAsync(requests, buffer.AsMemory(held), cancellationToken).ConfigureAwait(false)
                is > 0
                    and var count
        )
        {
            var end = held + buffer.AsSpan(held, count).LastIndexOf(Grammar.Lf) + 1;
            var hasEnd = end > held;
            held += count;
            if (!hasEnd && !continues && held == buffer.Length)
            {
                held = TrimLeadingSpace(buffer);
            }

            if (hasEnd || held == buffer.Length)
            {
                var length = hasEnd ? end : held;
                var rest = Rent();
                buffer.AsSpan(length, held - length).CopyTo(rest);
                broken = await SendAsync(Chunk.From(buffer, length, continues), cancellationToken)
                    .ConfigureAwait(false);
                (buffer, held, continues) = (rest, held - length, !hasEnd);
            }
        }

        if (broken.IsSome || (held == 0 && !continues))
        {
            return broken;
        }

        buffer[held] = Grammar.Lf;
        return await SendAsync(Chunk.From(buffer, held + 1, continues), cancellationToken)
            .ConfigureAwait(false);
    }

    // Not every stream lets go of a read: a terminal's does not.
    private static Task<int> ReadAsync(
        Stream source,
        Memory<byte> destination,
        CancellationToken cancellationToken
    ) => source.ReadAsync(destination, cancellationToken).AsTask().WaitAsync(cancellationToken);

    private byte[] Rent() => freeBuffers.TryTake(out var buffer) ? buffer : new byte[ChunkSize];

    /// <summary>
    /// Makes room in a line that is longer than a piece, where it begins with white space (F-2): what is known of it then
    /// tells what it asks for, and whether it asks for anything.
    /// </summary>
    /// <returns>How much is left.</returns>
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
        var asks = !chunk.Requests.IsEmpty;
        if (asks)
        {
            await sentChunks.Writer.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
        }

        timeout.OnChunkSending(chunk.CompletedChunks);
        try
        {
            await connection.WriteAsync(chunk.Bytes, cancellationToken).ConfigureAwait(false);
            await connection.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException broken)
        {
            return StreamErrors.MessageOf(broken);
        }

        timeout.OnChunkSent();
        if (!asks)
        {
            // Nobody else gives it back.
            Release(chunk);
        }

        return default;
    }
}
