using LanguageExt;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client.Connections;

/// <summary>
/// Lines out of a stream, however its bytes are cut: no byte is lost, looked at twice, or held beyond the limit.
/// </summary>
/// <param name="stream">Where bytes come from; its reads must end when they are cancelled.</param>
/// <param name="maxLine">The most bytes of a line before its LF.</param>
internal sealed class LineReader(Stream stream, int maxLine)
{
    private const int InitialSize = 1_024;

    // start <= end; what lies between has been received and not given out.
    private byte[] buffer = new byte[Math.Min(InitialSize, maxLine + 1)];
    private int start;
    private int end;
    private int scanned;
    private bool wasFilled;

    /// <summary>The beginning of a line whose end has not come, quoted; empty where there is none.</summary>
    internal string PartialLine => start < end ? Quote.Of(Unread) : "";

    /// <summary>How many bytes of what was received last have been given out.</summary>
    internal int Position => start;

    private ReadOnlySpan<byte> Unread => buffer.AsSpan(start, end - start);

    /// <summary>The next line of those that have come.</summary>
    /// <param name="line">It, without its LF; it looks at this reader's buffer until the next receive.</param>
    /// <returns>False where no whole line is left.</returns>
    internal bool TryReadLine(out ReadOnlyMemory<byte> line)
    {
        var length = LineFraming.IndexOfLineEnd(Unread, scanned);
        if (length < 0)
        {
            scanned = end - start;
            line = default;
            return false;
        }

        line = buffer.AsMemory(start, length);
        start += length + 1;
        scanned = 0;
        return true;
    }

    /// <summary>The bytes between two positions, until the next receive.</summary>
    internal ReadOnlyMemory<byte> Slice(int from, int to) => buffer.AsMemory(from, to - from);

    /// <summary>Receives at least one byte more, once no whole line is left.</summary>
    /// <param name="pending">What is waited for, asked only if it will not come.</param>
    /// <param name="cancellationToken">Gives up; what has come is kept.</param>
    /// <returns>None; or why no more lines will come: Lost, or ProtocolBroken by a line over the limit.</returns>
    internal async ValueTask<Option<ClientError>> ReceiveAsync(
        Func<PendingOperation> pending,
        CancellationToken cancellationToken
    )
    {
        if (!TryGetSpace(out var room))
        {
            return LineTooLong();
        }

        try
        {
            var received = await stream.ReadAsync(room, cancellationToken).ConfigureAwait(false);
            return OnReceived(received, room.Length, pending);
        }
        catch (IOException broken)
        {
            return ConnectionLost(pending(), StreamErrors.MessageOf(broken));
        }
    }

    /// <summary>The next line, received if need be.</summary>
    /// <param name="operation">What the line is waited for as.</param>
    /// <param name="cancellationToken">Gives up; what has come is kept.</param>
    /// <returns>The line without its LF, until the next call; or why there is none.</returns>
    internal async Task<Either<ClientError, ReadOnlyMemory<byte>>> ReadLineAsync(
        PendingOperation operation,
        CancellationToken cancellationToken
    )
    {
        ReadOnlyMemory<byte> line;
        while (!TryReadLine(out line))
        {
            var ended = await ReceiveAsync(() => operation, cancellationToken).ConfigureAwait(false);
            if (ended.IsSome)
            {
                return (ClientError)ended;
            }
        }

        return line;
    }

    /// <summary>Room for at least one byte; for twice as many as before where more come than there was room for.</summary>
    /// <returns>False where the line that has begun is over the limit.</returns>
    private bool TryGetSpace(out Memory<byte> space)
    {
        if (scanned > maxLine)
        {
            space = default;
            return false;
        }

        Unread.CopyTo(buffer);
        (start, end) = (0, end - start);
        if (end == buffer.Length || wasFilled)
        {
            Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, maxLine + 1L));
        }

        space = buffer.AsMemory(end);
        return true;
    }

    /// <summary>So many bytes have come, if any have.</summary>
    private Option<ClientError> OnReceived(int received, int space, Func<PendingOperation> pending)
    {
        end += received;
        wasFilled = received == space;
        return received > 0 ? default : ConnectionLost(pending(), "the server closed it");
    }

    private ClientError.ProtocolError LineTooLong() =>
        new(new ProtocolViolation.LineTooLong(maxLine, Quote.Of(Unread)));

    private ClientError.ConnectionLost ConnectionLost(PendingOperation operation, string detail) =>
        new(operation, detail, PartialLine);
}
