namespace TinyTcp.Server.Connections;

/// <summary>
/// The bytes that a connection has to keep: an unfinished line, or replies that could not be sent yet. The buffer exists only
/// while there are bytes, and is at most four times as large as they are. <c>default(PendingBytes)</c> is empty.
/// </summary>
internal struct PendingBytes
{
    private byte[]? buffer;
    private int start;
    private int count;

    /// <summary>Whether there are no bytes.</summary>
    public readonly bool IsEmpty => count == 0;

    /// <summary>How many bytes there are.</summary>
    public readonly int Length => count;

    /// <summary>The bytes, valid until the next change.</summary>
    public readonly ReadOnlyMemory<byte> Bytes => new(buffer, start, count);

    private readonly int Capacity => buffer?.Length ?? 0;

    /// <summary>Adds bytes at the end.</summary>
    public void Append(ReadOnlySpan<byte> bytes, BufferAllocator allocator)
    {
        if (start + count + bytes.Length > Capacity)
        {
            // A line may come byte by byte: the buffer grows by a quarter, so that it is not copied each time.
            Reallocate(count + Math.Max(bytes.Length, count / 4), allocator);
        }

        bytes.CopyTo(buffer.AsSpan(start + count));
        count += bytes.Length;
    }

    /// <summary>Removes the first bytes.</summary>
    /// <param name="length">How many, at most <see cref="Length"/>.</param>
    /// <param name="allocator">The allocator of the buffer.</param>
    public void Consume(int length, BufferAllocator allocator)
    {
        start += length;
        count -= length;
        if (count == 0)
        {
            Clear(allocator);
        }
        else if (count < Capacity / 4)
        {
            Reallocate(count, allocator);
        }
    }

    /// <summary>Removes all bytes.</summary>
    public void Clear(BufferAllocator allocator)
    {
        allocator.Release(Capacity);
        this = default;
    }

    private void Reallocate(int size, BufferAllocator allocator)
    {
        var target = allocator.Allocate(size);
        Bytes.Span.CopyTo(target);
        allocator.Release(Capacity);
        (buffer, start) = (target, 0);
    }
}
