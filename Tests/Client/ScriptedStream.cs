namespace TinyTcp.Tests.Client;

/// <summary>A connection in memory that says given pieces, one a read, and breaks where a test wants it to.</summary>
/// <param name="pieces">What is read; then the end.</param>
/// <param name="writesBreak">Whether every write fails; what follows the first piece waits for that.</param>
/// <param name="staysOpen">Whether the end never comes.</param>
internal sealed class ScriptedStream(
    IEnumerable<ReadOnlyMemory<byte>> pieces,
    bool writesBreak = false,
    bool staysOpen = false
) : Stream
{
    private int writing;

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

    /// <summary>Whether it was disposed of in the midst of a write, which not every stream stands.</summary>
    internal bool WasCutShort { get; private set; }

    /// <summary>What is waited for before what follows the first piece, after a write has failed.</summary>
    internal Func<Task> BeforeTheRest { get; init; } = static () => Task.CompletedTask;

    /// <summary>What a write does, and how long it takes, where it does not break.</summary>
    internal Func<ValueTask> Writing { get; init; } = static () => ValueTask.CompletedTask;

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        LargestRead = Math.Max(LargestRead, buffer.Length);
        if (writesBreak && Taken > 0)
        {
            await wrote.Task.WaitAsync(cancellationToken);
            await BeforeTheRest().WaitAsync(cancellationToken);
        }

        // An empty read would be the end.
        while (current.IsEmpty && pieces.TryDequeue(out current)) { }

        if (current.IsEmpty && staysOpen)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        var length = Math.Min(current.Length, buffer.Length);
        current[..length].CopyTo(buffer);
        current = current[length..];
        Taken += length;
        return length;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        wrote.TrySetResult();
        if (writesBreak)
        {
            throw new IOException("broken pipe");
        }

        writing++;
        await Writing();
        writing--;
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
        WasCutShort |= writing > 0;
        base.Dispose(disposing);
    }
}
