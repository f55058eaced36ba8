namespace TinyTcp.Tests.Client;

/// <summary>A stream for tests: asynchronous only, without positions. A derived class reads, and writes if it can.</summary>
internal abstract class TestStream : Stream
{
    public sealed override bool CanRead => true;

    public sealed override bool CanSeek => false;

    public override bool CanWrite => false;

    public sealed override long Length => throw new NotSupportedException();

    public sealed override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    );

    public sealed override void Flush() { }

    public sealed override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public sealed override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException();

    public sealed override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException();

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public sealed override void SetLength(long value) => throw new NotSupportedException();
}
