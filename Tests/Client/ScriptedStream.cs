namespace TinyTcp.Tests.Client;

/// <summary>A stream of given segments, one per read. Writes have no effect, or fail.</summary>
/// <param name="segments">The segments; then the end.</param>
/// <param name="failWrites">Whether every write fails. Segments after the first follow the first write.</param>
/// <param name="staysOpen">Whether the end never comes.</param>
internal sealed class ScriptedStream(
    IEnumerable<ReadOnlyMemory<byte>> segments,
    bool failWrites = false,
    bool staysOpen = false
) : TestStream
{
    private readonly Queue<ReadOnlyMemory<byte>> segments = new(
        segments.Where(static segment => !segment.IsEmpty)
    );
    private readonly TaskCompletionSource writeAttempted = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private int activeWrites;

    public override bool CanWrite => true;

    internal bool IsDisposed { get; private set; }

    /// <summary>Whether the stream was disposed during a write.</summary>
    internal bool WasDisposedDuringWrite { get; private set; }

    /// <summary>Awaited after a write has failed and before the second segment.</summary>
    internal Func<Task> BeforeSecondSegment { get; init; } = static () => Task.CompletedTask;

    /// <summary>Awaited in each write that does not fail.</summary>
    internal Func<ValueTask> OnWrite { get; init; } = static () => ValueTask.CompletedTask;

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

    protected override async ValueTask<ReadOnlyMemory<byte>> NextSegmentAsync(
        CancellationToken cancellationToken
    )
    {
        if (failWrites && BytesRead > 0)
        {
            await writeAttempted.Task.WaitAsync(cancellationToken);
            await BeforeSecondSegment().WaitAsync(cancellationToken);
        }

        if (segments.Count == 0 && staysOpen)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        return segments.TryDequeue(out var segment) ? segment : default;
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        WasDisposedDuringWrite |= activeWrites > 0;
        base.Dispose(disposing);
    }
}
