namespace TinyTcp.Tests.Client;

/// <summary>A connection in memory that says given pieces, one a read, and breaks where a test wants it to.</summary>
/// <param name="segments">What is read; then the end.</param>
/// <param name="failWrites">Whether every write fails; what follows the first piece waits for that.</param>
/// <param name="staysOpen">Whether the end never comes.</param>
internal sealed class ScriptedStream(
    IEnumerable<ReadOnlyMemory<byte>> segments,
    bool failWrites = false,
    bool staysOpen = false
) : TestStream
{
    private int activeWrites;

    private readonly Queue<ReadOnlyMemory<byte>> segments = new(segments);
    private readonly TaskCompletionSource writeAttempted = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private ReadOnlyMemory<byte> current;

    public override bool CanWrite => true;

    /// <summary>The most bytes that the reader ever had room for.</summary>
    internal int MaxReadSize { get; private set; }

    /// <summary>How many bytes the reader has taken.</summary>
    internal int BytesRead { get; private set; }

    internal bool IsDisposed { get; private set; }

    /// <summary>Whether it was disposed of in the midst of a write, which not every stream stands.</summary>
    internal bool WasDisposedDuringWrite { get; private set; }

    /// <summary>What is waited for before what follows the first piece, after a write has failed.</summary>
    internal Func<Task> BeforeSecondSegment { get; init; } = static () => Task.CompletedTask;

    /// <summary>What a write does, and how long it takes, where it does not break.</summary>
    internal Func<ValueTask> OnWrite { get; init; } = static () => ValueTask.CompletedTask;

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        MaxReadSize = Math.Max(MaxReadSize, buffer.Length);
        if (failWrites && BytesRead > 0)
        {
            await writeAttempted.Task.WaitAsync(cancellationToken);
            await BeforeSecondSegment().WaitAsync(cancellationToken);
        }

        // An empty read would be the end.
        while (current.IsEmpty && segments.TryDequeue(out current)) { }

        if (current.IsEmpty && staysOpen)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        var length = Math.Min(current.Length, buffer.Length);
        current[..length].CopyTo(buffer);
        current = current[length..];
        BytesRead += length;
        return length;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        writeAttempted.TrySetResult();
        if (failWrites)
        {
            throw new IOException("broken pipe");
        }

        activeWrites++;
        await OnWrite();
        activeWrites--;
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        WasDisposedDuringWrite |= activeWrites > 0;
        base.Dispose(disposing);
    }
}
