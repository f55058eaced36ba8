using System.Runtime.InteropServices;

namespace TinyTcp.Server.Connections;

/// <summary>
/// Bytes that a connection has to keep: a cut line, or what could not be sent yet. There is memory for them as long as
/// there are any, and hardly more than they need. It is the C library's and not the collector's: what a crowd took is free
/// when it leaves, though nobody collects. <c>default(Held)</c> holds nothing.
/// </summary>
internal unsafe struct PendingBytes
{
    private byte* memory;
    private int capacity;
    private int start;
    private int count;

    /// <summary>Whether nothing is held.</summary>
    public readonly bool IsEmpty => count == 0;

    /// <summary>How many bytes are held.</summary>
    public readonly int Length => count;

    /// <summary>What is held; valid until the next change.</summary>
    public readonly ReadOnlySpan<byte> Bytes => new(memory + start, count);

    /// <summary>Holds some more.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (start + count + bytes.Length > capacity)
        {
            // A line may come in a byte at a time: then each move makes room for more of it.
            Reallocate(count + Math.Max(bytes.Length, count / 4));
        }

        bytes.CopyTo(new Span<byte>(memory + start + count, bytes.Length));
        count += bytes.Length;
    }

    /// <summary>Lets go of the first bytes.</summary>
    /// <param name="length">How many, of those held.</param>
    public void Consume(int length)
    {
        start += length;
        count -= length;
        if (count == 0)
        {
            Clear();
        }
        else if (length > 0 && count < capacity / 4)
        {
            Reallocate(count);
        }
    }

    /// <summary>Lets go of everything.</summary>
    public void Clear()
    {
        NativeMemory.Free(memory);
        this = default;
    }

    private void Reallocate(int size)
    {
        var moved = (byte*)NativeMemory.Alloc((nuint)size);
        var kept = count;
        Bytes.CopyTo(new Span<byte>(moved, size));
        Clear();
        memory = moved;
        (capacity, count) = (size, kept);
    }
}
