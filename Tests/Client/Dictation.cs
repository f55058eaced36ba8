using System.Threading.Channels;

namespace TinyTcp.Tests.Client;

/// <summary>A caller's input that comes when a test says so: whoever dictates knows when all of it has been dealt with.</summary>
internal sealed class Dictation : Stream
{
    private readonly Channel<ReadOnlyMemory<byte>> pieces = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
    private readonly SemaphoreSlim asked = new(0);

    private ReadOnlyMemory<byte> current;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The read that was begun last: it ends when there is a piece, or when it is given up.</summary>
    internal Task LastRead { get; private set; } = Task.CompletedTask;

    /// <summary>Gives a piece.</summary>
    internal void Say(ReadOnlyMemory<byte> piece) => pieces.Writer.TryWrite(piece);

    /// <summary>Gives a piece, once what came before it has been dealt with, and waits until it has been, too.</summary>
    internal async Task SayAsync(ReadOnlyMemory<byte> piece)
    {
        await asked.WaitAsync();
        Say(piece);
        await asked.WaitAsync();
        asked.Release();
    }

    /// <summary>Ends it.</summary>
    /// <param name="how">The exception that the reader gets instead of the end.</param>
    internal void End(Exception? how = null) => pieces.Writer.Complete(how);

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
            asked.Release();
            if (!await pieces.Reader.WaitToReadAsync(cancellationToken))
            {
                return 0;
            }

            current = await pieces.Reader.ReadAsync(cancellationToken);
        }

        var length = Math.Min(current.Length, buffer.Length);
        current[..length].CopyTo(buffer);
        current = current[length..];
        return length;
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
