using System.Collections.Concurrent;
using System.Threading.Channels;
using LanguageExt;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client;

/// <summary>
/// Sends requests from a stream, in pieces of whole lines, and hands each piece on to be answered. Only so many are on
/// their way at once: what it holds does not depend on how much there is to send, or on how long a line is.
/// </summary>
/// <param name="connection">Where to.</param>
/// <param name="debt">Told of each piece that leaves.</param>
internal sealed class RequestFeed(Stream connection, Debt debt)
{
    private const int PieceSize = 128 * 1024;
    private const int MostPieces = 8;

    private readonly Channel<Chunk> sent = Channel.CreateBounded<Chunk>(MostPieces);
    private readonly ConcurrentBag<byte[]> free = [];

    /// <summary>The next piece that has been sent and asks for something, if there is one.</summary>
    internal Option<Chunk> Next() => sent.Reader.TryRead(out var chunk) ? chunk : Option<Chunk>.None;

    /// <summary>A piece is not needed any more.</summary>
    internal void Done(Chunk chunk) => free.Add(chunk.Buffer);

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
                held = DropSpace(buffer);
            }

            if (hasEnd || held == buffer.Length)
            {
                var length = hasEnd ? end : held;
                var rest = Rent();
                buffer.AsSpan(length, held - length).CopyTo(rest);
                broken = await SendAsync(Chunk.Of(buffer, length, continues), cancellationToken)
                    .ConfigureAwait(false);
                (buffer, held, continues) = (rest, held - length, !hasEnd);
            }
        }

        if (broken.IsSome || (held == 0 && !continues))
        {
            return broken;
        }

        buffer[held] = Grammar.Lf;
        return await SendAsync(Chunk.Of(buffer, held + 1, continues), cancellationToken)
            .ConfigureAwait(false);
    }

    // Not every stream lets go of a read: a terminal's does not.
    private static Task<int> ReadAsync(Stream from, Memory<byte> to, CancellationToken cancellationToken) =>
        from.ReadAsync(to, cancellationToken).AsTask().WaitAsync(cancellationToken);

    private byte[] Rent() => free.TryTake(out var buffer) ? buffer : new byte[PieceSize];

    /// <summary>
    /// Makes room in a line that is longer than a piece, where it begins with white space (F-2): what is known of it then
    /// tells what it asks for, and whether it asks for anything.
    /// </summary>
    /// <returns>How much is left.</returns>
    private static int DropSpace(Span<byte> line)
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
            await sent.Writer.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
        }

        debt.Sending(chunk.Due);
        try
        {
            await connection.WriteAsync(chunk.Bytes, cancellationToken).ConfigureAwait(false);
            await connection.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException broken)
        {
            return Broken.Words(broken);
        }

        debt.Sent();
        if (!asks)
        {
            // Nobody else gives it back.
            Done(chunk);
        }

        return default;
    }
}
