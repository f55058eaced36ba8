using System.Threading.Channels;

namespace TinyTcp.Tests.Client.Library;

/// <summary>The requests of a batch, given by the test one segment at a time.</summary>
internal sealed class ControlledStream : TestStream
{
    private readonly Channel<ReadOnlyMemory<byte>> segments = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
    private readonly SemaphoreSlim readRequested = new(0);

    /// <summary>The last read: it completes with a segment, at the end of the stream, or when it is cancelled.</summary>
    internal Task LastRead { get; private set; } = Task.CompletedTask;

    /// <summary>Gives a segment.</summary>
    internal void Push(ReadOnlyMemory<byte> segment) => segments.Writer.TryWrite(segment);

    /// <summary>Gives a segment after the one before has been sent, and waits until this one has been sent.</summary>
    internal async Task PushAsync(ReadOnlyMemory<byte> segment)
    {
        await readRequested.WaitAsync();
        Push(segment);
        await readRequested.WaitAsync();
        readRequested.Release();
    }

    /// <summary>Ends the stream.</summary>
    /// <param name="error">The exception that the reader gets instead of the end.</param>
    internal void Complete(Exception? error = null) => segments.Writer.Complete(error);

    protected override ValueTask<ReadOnlyMemory<byte>> NextSegmentAsync(CancellationToken cancellationToken)
    {
        var read = ReadSegmentAsync(cancellationToken);
        LastRead = read;
        return new(read);
    }

    private async Task<ReadOnlyMemory<byte>> ReadSegmentAsync(CancellationToken cancellationToken)
    {
        readRequested.Release();
        return await segments.Reader.WaitToReadAsync(cancellationToken)
            ? await segments.Reader.ReadAsync(cancellationToken)
            : default;
    }
}
