namespace TinyTcp.Server.Connections;

/// <summary>
/// The bytes that a connection has to keep: an unfinished line, or replies that could not be sent yet. The buffer exists only
/// while there are bytes, and is hardly larger than they are. <c>default(PendingBytes)</c> is empty.
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
    public readonly ReadOnlyMemory<byte> Memory => new(buffer, start, count);

    private readonly int Capacity => buffer?.Length ?? 0;

    /// <summary>Adds bytes at the end.</summary>
    public void Append(ReadOnlySpan<byte> bytes, PendingMemory memory)
    {
        if (start + count + bytes.Length > Capacity)
        {
            // A line may come byte by byte: the buffer grows by a quarter, so that it is not copied each time.
            Reallocate(count + Math.Max(bytes.Length, count / 4), memory);
        }

        bytes.CopyTo(buffer.AsSpan(start + count));
        count += bytes.Length;
    }

    /// <summary>Removes the first bytes.</summary>
    /// <param name="length">How many, at most <see cref="Length"/>.</param>
    /// <param name="memory">Where the buffer is from.</param>
    public void Consume(int length, PendingMemory memory)
    {
        start += length;
        count -= length;
        if (count == 0)
        {
            Clear(memory);
        }
        else if (length > 0 && count < Capacity / 4)
        {
            Reallocate(count, memory);
        }
    }

    /// <summary>Removes all bytes.</summary>
    public void Clear(PendingMemory memory)
    {
        if (buffer is not null)
        {
            memory.Release(buffer);
        }

        this = default;
    }

    private void Reallocate(int size, PendingMemory memory)
    {
        var moved = memory.Allocate(size);
        Memory.Span.CopyTo(moved);
        var kept = count;
        Clear(memory);
        (buffer, count) = (moved, kept);
    }
}
