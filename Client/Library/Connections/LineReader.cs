using LanguageExt;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client.Connections;

/// <summary>Reads lines from a stream under any segmentation. Scans each byte once; memory is bounded by the line limit.</summary>
/// <param name="stream">The stream; its reads must end when they are cancelled.</param>
/// <param name="maxLine">The maximum length of a line without its LF, in bytes.</param>
internal sealed class LineReader(Stream stream, int maxLine)
{
    private const int InitialSize = 1_024;

    // Bytes from start to end have been received and not been read as lines.
    private byte[] buffer = new byte[Math.Min(InitialSize, maxLine + 1)];
    private int start;
    private int end;
    private int scanned;
    private bool wasFull;

    /// <summary>The partial line that has been received, quoted; empty if there is none.</summary>
    internal string PartialLine => start < end ? Quote.Of(Unread) : "";

    /// <summary>The position after the last line that was read, in the buffer.</summary>
    internal int Position => start;

    private ReadOnlySpan<byte> Unread => buffer.AsSpan(start, end - start);

    /// <summary>Reads the next line that has been received.</summary>
    /// <param name="line">The line without its LF; valid until the next receive.</param>
    /// <returns>False if no whole line is left.</returns>
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

    /// <summary>Takes the part of a line that has been received. The rest of the line is then read as a line.</summary>
    internal ReadOnlyMemory<byte> TakePartialLine()
    {
        var partial = Unread.ToArray();
        (start, scanned) = (end, 0);
        return partial;
    }

    /// <summary>The bytes between two positions; valid until the next receive.</summary>
    internal ReadOnlyMemory<byte> Slice(int from, int to) => buffer.AsMemory(from, to - from);

    /// <summary>Receives at least one byte. Call it when no whole line is left.</summary>
    /// <param name="pending">What the client waits for, for the error.</param>
    /// <param name="cancellationToken">Cancels the read; received bytes are kept.</param>
    /// <returns>None; or ConnectionLost, or ProtocolError for a line over the limit.</returns>
    internal async ValueTask<Option<ClientError>> ReceiveAsync(
        Func<PendingOperation> pending,
        CancellationToken cancellationToken
    )
    {
        if (!TryGetSpace(out var space))
        {
            return LineTooLong();
        }

        try
        {
            var received = await stream.ReadAsync(space, cancellationToken).ConfigureAwait(false);
            return OnReceived(received, space.Length, pending);
        }
        catch (Exception exception) when (StreamErrors.IsFailure(exception, cancellationToken))
        {
            return ConnectionLost(pending(), StreamErrors.MessageOf(exception));
        }
    }

    /// <summary>Reads the next line, and receives it if need be.</summary>
    /// <param name="operation">What the client waits for, for the error.</param>
    /// <param name="cancellationToken">Cancels the read; received bytes are kept.</param>
    /// <returns>The line without its LF, valid until the next call; or the error.</returns>
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

    /// <summary>Makes space for at least one byte. Doubles the buffer if the last receive filled it.</summary>
    /// <returns>False if the partial line is over the limit.</returns>
    private bool TryGetSpace(out Memory<byte> space)
    {
        if (scanned > maxLine)
        {
            space = default;
            return false;
        }

        Unread.CopyTo(buffer);
        (start, end) = (0, end - start);
        if (end == buffer.Length || wasFull)
        {
            Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, maxLine + 1L));
        }

        space = buffer.AsMemory(end);
        return true;
    }

    /// <summary>Adds received bytes; zero bytes are the end of the stream.</summary>
    private Option<ClientError> OnReceived(int received, int space, Func<PendingOperation> pending)
    {
        end += received;
        wasFull = received == space;
        return received > 0 ? default : ConnectionLost(pending(), StreamErrors.ClosedByServer);
    }

    private ClientError.ProtocolError LineTooLong() =>
        new(new ProtocolViolation.LineTooLong(maxLine, Quote.Of(Unread)));

    private ClientError.ConnectionLost ConnectionLost(PendingOperation operation, string detail) =>
        new(operation, detail, PartialLine);
}
