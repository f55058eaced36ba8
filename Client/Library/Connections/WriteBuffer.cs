using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Connections;

/// <summary>The request lines of the next write. Not thread-safe: the write loop owns it.</summary>
internal sealed class WriteBuffer
{
    private const int InitialSize = 256;

    // A larger buffer is released after the write.
    private const int MaxRetainedSize = 64 * 1024;

    private const int MaxSize = 1024 * 1024;

    private byte[] buffer = new byte[InitialSize];
    private int length;

    /// <summary>Whether the buffer has reached its maximum; one line may exceed it.</summary>
    internal bool IsFull => length >= MaxSize;

    /// <summary>The lines, each with its LF; valid until the next call.</summary>
    internal ReadOnlyMemory<byte> Lines => buffer.AsMemory(0, length);

    /// <summary>Appends the line of a request.</summary>
    internal void Append(in PendingOperation operation)
    {
        int written;
        while (!operation.TryRender(buffer.AsSpan(length), out written))
        {
            Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, Array.MaxLength));
        }

        length += written;
    }

    /// <summary>Removes all lines.</summary>
    internal void Clear()
    {
        buffer = buffer.Length <= MaxRetainedSize ? buffer : new byte[InitialSize];
        length = 0;
    }
}
