using LanguageExt;
using TinyTcp.Core;

namespace TinyTcp.Client;

/// <summary>
/// Lines out of a stream, however its bytes are cut: no byte is lost, looked at twice, or held beyond the limit.
/// </summary>
/// <param name="stream">Where bytes come from; its reads must end when they are cancelled.</param>
/// <param name="maxLine">The most bytes of a line before its LF.</param>
internal sealed class LineReader(Stream stream, int maxLine)
{
    private const int FirstRoom = 1_024;

    // start <= end; what lies between has been received and not given out.
    private byte[] buffer = new byte[Math.Min(FirstRoom, maxLine + 1)];
    private int start;
    private int end;
    private int scanned;

    /// <summary>Whether more bytes have come than lines were asked for.</summary>
    internal bool HasUnread => start < end;

    private ReadOnlySpan<byte> Unread => buffer.AsSpan(start, end - start);

    /// <summary>The next line without its LF, which looks at this reader's buffer until the next call.</summary>
    /// <param name="awaited">What the line is waited for as.</param>
    /// <param name="cancellationToken">Gives up; what has come is kept.</param>
    /// <returns>The line; or Lost, or ProtocolBroken for a line over the limit.</returns>
    internal async Task<Either<ClientError, ReadOnlyMemory<byte>>> ReadLineAsync(
        Awaited awaited,
        CancellationToken cancellationToken
    )
    {
        int length;
        while ((length = Lines.IndexOfEnd(Unread, scanned)) < 0)
        {
            scanned = end - start;
            if (scanned > maxLine)
            {
                return TooLong();
            }

            MakeRoom();
            var ended = await ReceiveAsync(awaited, cancellationToken).ConfigureAwait(false);
            if (ended.IsSome)
            {
                return (ClientError)ended;
            }
        }

        return Take(length);
    }

    private ReadOnlyMemory<byte> Take(int length)
    {
        var line = buffer.AsMemory(start, length);
        start += length + 1;
        scanned = 0;
        return line;
    }

    /// <summary>Receives at least one byte, or says why there will be none.</summary>
    private async Task<Option<ClientError>> ReceiveAsync(Awaited awaited, CancellationToken cancellationToken)
    {
        try
        {
            var received = await stream
                .ReadAsync(buffer.AsMemory(end), cancellationToken)
                .ConfigureAwait(false);
            end += received;
            return received > 0 ? Option<ClientError>.None : Lost(awaited, "the server closed it");
        }
        catch (IOException broken)
        {
            return Lost(awaited, Broken.Words(broken));
        }
    }

    private void MakeRoom()
    {
        if (start > 0)
        {
            Unread.CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        else if (end == buffer.Length)
        {
            Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, maxLine + 1L));
        }
    }

    private ClientError.Lost Lost(Awaited awaited, string how) =>
        new(awaited, how, HasUnread ? Quote.Of(Unread) : "");

    private ClientError.ProtocolBroken TooLong() => new(new Breach.LineTooLong(maxLine, Quote.Of(Unread)));
}
