using System.Collections.Concurrent;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client.Library;

/// <summary>
/// A connection of a process that is paused: what arrives wakes no read, and a cancelled read takes it, as from a socket's
/// buffer. So everything is read when a deadline is due.
/// </summary>
internal sealed class PausedStream : TestStream
{
    private readonly ConcurrentQueue<ReadOnlyMemory<byte>> arrived = new();
    private readonly SemaphoreSlim writtenLines = new(0);

    public override bool CanWrite => true;

    internal bool FailsWrites { get; init; }

    /// <summary>Called once, after a cancelled read has found that nothing has arrived.</summary>
    internal Func<Task> OnNothingArrived { get; set; } = static () => Task.CompletedTask;

    /// <summary>Segments arrive.</summary>
    internal void Arrive(IEnumerable<ReadOnlyMemory<byte>> segments)
    {
        foreach (var segment in segments.Where(static segment => !segment.IsEmpty))
        {
            arrived.Enqueue(segment);
        }
    }

    /// <summary>Waits until that many more lines have been written.</summary>
    internal async Task WaitForLinesAsync(int count)
    {
        for (var line = 0; line < count; line++)
        {
            await writtenLines.WaitAsync();
        }
    }

    public override ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        if (FailsWrites)
        {
            throw new IOException("broken pipe");
        }

        writtenLines.Release(WireBytes.Characters(buffer.Span).Count(static character => character == '\n'));
        return ValueTask.CompletedTask;
    }

    protected override async ValueTask<ReadOnlyMemory<byte>> NextSegmentAsync(
        CancellationToken cancellationToken
    )
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (arrived.TryDequeue(out var segment))
        {
            return segment;
        }

        (var action, OnNothingArrived) = (OnNothingArrived, static () => Task.CompletedTask);
        await action();
        throw new OperationCanceledException(cancellationToken);
    }
}
