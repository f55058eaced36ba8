using TinyTcp.Cli.Replay;
using TinyTcp.Core.Transcripts;

namespace TinyTcp.Cli.Mock;

/// <summary>A connection that does something wrong with what is sent. The same seed does the same.</summary>
/// <param name="inner">The connection.</param>
/// <param name="fault">What is wrong.</param>
/// <param name="reset">Resets the connection.</param>
/// <param name="random">Chooses which sends are affected.</param>
/// <param name="time">The clock.</param>
internal sealed class FaultyConnection(
    IPlayerConnection inner,
    Fault fault,
    Action reset,
    Random random,
    TimeProvider time
) : IPlayerConnection
{
    private const int MaxSegments = 3;
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(20);

    // What is pending back: it is sent with or after the next line, at the latest when the client waits.
    private readonly List<ReadOnlyMemory<byte>> pending = [];
    private bool isSilent;

    private bool IsHit => random.Next(2) == 0;

    /// <inheritdoc/>
    public async Task SendAsync(
        ReadOnlyMemory<byte> bytes,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        isSilent = isSilent || (fault == Fault.Silence && IsHit);
        foreach (var (pause, segment) in isSilent ? [] : SegmentsOf(bytes))
        {
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, time, cancellationToken);
            }

            await inner.SendAsync(segment, timeout, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task FinishAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        await FlushAsync(timeout, cancellationToken);
        if (fault == Fault.Reset)
        {
            reset();
        }
        else if (!isSilent)
        {
            await inner.FinishAsync(timeout, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<PlayerInput> ReceiveAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (pending.Count > 0)
        {
            var early = await inner.ReceiveAsync(Gap < wait ? Gap : wait, cancellationToken);
            if (early is not PlayerInput.Silence)
            {
                return early;
            }

            await FlushAsync(wait, cancellationToken);
        }

        return await inner.ReceiveAsync(wait, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async Task FlushAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        await inner.SendAsync(TakePending(), timeout, cancellationToken);
    }

    private ReadOnlyMemory<byte> TakePending()
    {
        ReadOnlyMemory<byte> all = pending.SelectMany(static bytes => bytes.ToArray()).ToArray();
        pending.Clear();
        return all;
    }

    /// <summary>What is sent in place of some bytes, each after a pause.</summary>
    private IEnumerable<(TimeSpan Pause, ReadOnlyMemory<byte> Bytes)> SegmentsOf(ReadOnlyMemory<byte> bytes)
    {
        if (fault == Fault.Late)
        {
            return [(IsHit ? Lateness : TimeSpan.Zero, bytes)];
        }

        if (fault == Fault.Split)
        {
            return Split(bytes, random.Next(1, MaxSegments + 1));
        }

        if (fault == Fault.Slow)
        {
            return Split(bytes, bytes.Length);
        }

        if (fault == Fault.Glue || (fault == Fault.Reorder && pending.Count == 0 && IsHit))
        {
            pending.Add(bytes);
            return [];
        }

        var copies =
            fault == Fault.Drop && IsHit ? 0
            : fault == Fault.Duplicate && IsHit ? 2
            : 1;
        return Enumerable
            .Repeat(bytes, copies)
            .Append(TakePending())
            .Select(static part => (TimeSpan.Zero, part));
    }

    private static IEnumerable<(TimeSpan Pause, ReadOnlyMemory<byte> Bytes)> Split(
        ReadOnlyMemory<byte> bytes,
        int count
    )
    {
        var length = Math.Max(1, (bytes.Length + count - 1) / Math.Max(1, count));
        for (var start = 0; start < bytes.Length; start += length)
        {
            yield return (
                start == 0 ? TimeSpan.Zero : Gap,
                bytes.Slice(start, Math.Min(length, bytes.Length - start))
            );
        }
    }
}
