namespace TinyTcp.Tests.Client;

/// <summary>A stream for tests: asynchronous only, without positions. A derived class gives the segments that are read.</summary>
internal abstract class TestStream : Stream
{
    private ReadOnlyMemory<byte> current;

    public sealed override bool CanRead => true;

    public sealed override bool CanSeek => false;

    public override bool CanWrite => false;

    public sealed override long Length => throw new NotSupportedException();

    public sealed override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The size of the largest buffer that was read into.</summary>
    internal int MaxReadSize { get; private set; }

    /// <summary>The number of bytes that were read.</summary>
    internal int BytesRead { get; private set; }

    public sealed override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        MaxReadSize = Math.Max(MaxReadSize, buffer.Length);
        if (current.IsEmpty)
        {
            current = await NextSegmentAsync(cancellationToken);
        }

        var length = Math.Min(current.Length, buffer.Length);
        current[..length].CopyTo(buffer);
        current = current[length..];
        BytesRead += length;
        return length;
    }

    public sealed override void Flush() { }

    public sealed override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public sealed override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException();

    public sealed override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException();

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public sealed override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>The next bytes to read; none at the end of the stream.</summary>
    protected abstract ValueTask<ReadOnlyMemory<byte>> NextSegmentAsync(CancellationToken cancellationToken);
}
