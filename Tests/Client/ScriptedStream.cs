namespace TinyTcp.Tests.Client;

/// <summary>A connection in memory that says given pieces, one a read, and breaks where a test wants it to.</summary>
/// <param name="pieces">What is read; then the end.</param>
/// <param name="writesBreak">Whether every write fails; what follows the first piece waits for that.</param>
internal sealed class ScriptedStream(IEnumerable<ReadOnlyMemory<byte>> pieces, bool writesBreak = false)
    : Stream
{
    private readonly Queue<ReadOnlyMemory<byte>> pieces = new(pieces);
    private readonly TaskCompletionSource wrote = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ReadOnlyMemory<byte> current;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The most bytes that the reader ever had room for.</summary>
    internal int LargestRead { get; private set; }

    /// <summary>How many bytes the reader has taken.</summary>
    internal int Taken { get; private set; }

    internal bool IsDisposed { get; private set; }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        LargestRead = Math.Max(LargestRead, buffer.Length);
        if (writesBreak && Taken > 0)
        {
            await wrote.Task.WaitAsync(cancellationToken);
        }

        // An empty read would be the end.
        while (current.IsEmpty && pieces.TryDequeue(out current)) { }

        var length = Math.Min(current.Length, buffer.Length);
        current[..length].CopyTo(buffer);
        current = current[length..];
        Taken += length;
        return length;
    }

    public override ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        wrote.TrySetResult();
        return writesBreak
            ? ValueTask.FromException(new IOException("broken pipe"))
            : ValueTask.CompletedTask;
    }

    public override void Flush() { }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
