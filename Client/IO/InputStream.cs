namespace TinyTcp.Cli.IO;

/// <summary>An input could not be read: not to be taken for an output that could not be written.</summary>
/// <param name="cause">Why.</param>
internal sealed class InputReadException(Exception cause) : IOException(cause.Message, cause);

/// <summary>
/// An input as the program reads it: it is opened when it is read, its failures have a name, and a read that does not end by
/// itself can be given up.
/// </summary>
/// <param name="open">Opens what is read.</param>
internal sealed class InputStream(Func<Stream> open) : Stream
{
    private readonly Lazy<Stream> stream = new(open);

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
            // A terminal's or a pipe's read minds no token: the thread that waits there ends with the process.
            return await stream
                .Value.ReadAsync(buffer, cancellationToken)
                .AsTask()
                .WaitAsync(cancellationToken);
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
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
