using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using LanguageExt;
using TinyTcp.Core;

namespace TinyTcp.Client;

/// <summary>
/// Sends requests from a stream, in pieces of whole lines, and hands each piece on to be answered. Only so many are on
/// their way at once: what it holds does not depend on how much there is to send.
/// </summary>
/// <param name="connection">Where to.</param>
/// <param name="verify">Whether each piece is followed by a request whose text nobody else can have.</param>
/// <param name="sending">Told before each piece leaves.</param>
internal sealed class RequestFeed(Stream connection, bool verify, Action sending)
{
    private const int PieceSize = 128 * 1024;
    private const int MostPieces = 8;

    private readonly Channel<Chunk> sent = Channel.CreateBounded<Chunk>(MostPieces);
    private readonly ConcurrentBag<byte[]> free = [];
    private long owed;

    /// <summary>Whether pieces are on their way whose requests have not all been answered.</summary>
    internal bool IsOwed => Volatile.Read(ref owed) > 0;

    /// <summary>The next piece that has been sent, if there is one.</summary>
    internal Option<Chunk> Next() => sent.Reader.TryRead(out var chunk) ? chunk : Option<Chunk>.None;

    /// <summary>A piece's requests have all been answered.</summary>
    internal void Done(Chunk chunk)
    {
        Interlocked.Decrement(ref owed);
        if (!chunk.IsOurs)
        {
            free.Add(chunk.Buffer);
        }
    }

    /// <summary>Sends all that a stream gives. A last line without LF is given one.</summary>
    /// <returns>How the connection broke before the end, if it did.</returns>
    internal async Task<Option<string>> SendAllAsync(Stream requests, CancellationToken cancellationToken)
    {
        var (buffer, held, continues) = (Rent(), 0, false);
        var broken = Option<string>.None;
        while (broken.IsNone)
        {
            var count = await requests
                .ReadAsync(buffer.AsMemory(held), cancellationToken)
                .ConfigureAwait(false);
            if (count == 0)
            {
                break;
            }

            var end = held + buffer.AsSpan(held, count).LastIndexOf(Grammar.Lf) + 1;
            var hasEnd = end > held;
            held += count;
            if (hasEnd || held == buffer.Length)
            {
                var length = hasEnd ? end : held;
                var rest = Rent();
                buffer.AsSpan(length, held - length).CopyTo(rest);
                broken = await SendAsync(new(buffer, length, continues), cancellationToken)
                    .ConfigureAwait(false);
                (buffer, held, continues) = (rest, held - length, !hasEnd);
            }
        }

        if (broken.IsSome || (held == 0 && !continues))
        {
            return broken;
        }

        buffer[held] = Grammar.Lf;
        return await SendAsync(new(buffer, held + 1, continues), cancellationToken).ConfigureAwait(false);
    }

    private byte[] Rent() => free.TryTake(out var buffer) ? buffer : new byte[PieceSize];

    private async Task<Option<string>> SendAsync(Chunk chunk, CancellationToken cancellationToken)
    {
        var broken = await SendOneAsync(chunk, cancellationToken).ConfigureAwait(false);
        return broken.IsNone && verify && chunk.Bytes.Span[^1] == Grammar.Lf
            ? await SendOneAsync(OwnRequest(), cancellationToken).ConfigureAwait(false)
            : broken;
    }

    private async Task<Option<string>> SendOneAsync(Chunk chunk, CancellationToken cancellationToken)
    {
        await sent.Writer.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
        sending();
        Interlocked.Increment(ref owed);
        try
        {
            await connection.WriteAsync(chunk.Bytes, cancellationToken).ConfigureAwait(false);
            await connection.FlushAsync(cancellationToken).ConfigureAwait(false);
            return default;
        }
        catch (IOException broken)
        {
            return Broken.Words(broken);
        }
    }

    private static Chunk OwnRequest()
    {
        var line = Encoding.ASCII.GetBytes($"{CommandTable.Echo.Verb} {Nonce.New()}\n");
        return new(line, line.Length, IsOurs: true);
    }
}
