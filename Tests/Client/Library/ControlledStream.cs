using System.Threading.Channels;

namespace TinyTcp.Tests.Client.Library;

/// <summary>A caller's input that comes when a test says so: whoever dictates knows when all of it has been dealt with.</summary>
internal sealed class ControlledStream : TestStream
{
    private readonly Channel<ReadOnlyMemory<byte>> segments = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
    private readonly SemaphoreSlim readRequested = new(0);

    private ReadOnlyMemory<byte> current;

    /// <summary>The read that was begun last: it ends when there is a piece, or when it is given up.</summary>
    internal Task LastRead { get; private set; } = Task.CompletedTask;

    /// <summary>Gives a piece.</summary>
    internal void Push(ReadOnlyMemory<byte> segment) => segments.Writer.TryWrite(segment);

    /// <summary>Gives a piece, once what came before it has been dealt with, and waits until it has been, too.</summary>
    internal async Task PushAsync(ReadOnlyMemory<byte> segment)
    {
        await readRequested.WaitAsync();
        Push(segment);
        await readRequested.WaitAsync();
        readRequested.Release();
    }

    /// <summary>Ends it.</summary>
    /// <param name="error">The exception that the reader gets instead of the end.</param>
    internal void Complete(Exception? error = null) => segments.Writer.Complete(error);

    public override ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        var read = ReadOneAsync(buffer, cancellationToken);
        LastRead = read;
        return new(read);
    }

    private async Task<int> ReadOneAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (current.IsEmpty)
        {
            readRequested.Release();
            if (!await segments.Reader.WaitToReadAsync(cancellationToken))
            {
                return 0;
            }

            current = await segments.Reader.ReadAsync(cancellationToken);
        }

        var length = Math.Min(current.Length, buffer.Length);
        current[..length].CopyTo(buffer);
        current = current[length..];
        return length;
    }
}
