namespace TinyTcp.Cli.IO;

/// <summary>
/// An input that is opened at the first read, reports failures as <see cref="InputReadException"/>, and whose pending read
/// can be cancelled.
/// </summary>
/// <param name="open">Opens the underlying stream.</param>
internal sealed class InputStream(Func<Stream> open) : Stream
{
    private readonly Lazy<Stream> stream = new(open);

    /// <summary>Called with the bytes of each read.</summary>
    internal Action<ReadOnlyMemory<byte>> OnRead { get; init; } = static _ => { };

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            // Reading a terminal or a pipe ignores the token: the thread that reads is left to the process's end.
            var count = await stream
                .Value.ReadAsync(buffer, cancellationToken)
                .AsTask()
                .WaitAsync(cancellationToken);
            OnRead(buffer[..count]);
            return count;
        }
        catch (Exception unread)
            when (unread is (IOException or UnauthorizedAccessException) and not InputReadException)
        {
            throw new InputReadException(unread);
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (stream.IsValueCreated)
        {
            stream.Value.Dispose();
        }

        base.Dispose(disposing);
    }
}
