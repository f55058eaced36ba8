using System.Buffers;

namespace TinyTcp.Server.Loop;

/// <summary>
/// Bytes that a connection has to keep: a cut line, or what could not be sent yet. It borrows a buffer while there are
/// any, no larger than need be, and gives it back with the last one. <c>default(Held)</c> holds nothing.
/// </summary>
internal struct Held
{
    private byte[]? buffer;
    private int start;
    private int count;

    /// <summary>Whether nothing is held.</summary>
    public readonly bool IsEmpty => count == 0;

    /// <summary>What is held; valid until the next change.</summary>
    public readonly ReadOnlyMemory<byte> Bytes => buffer.AsMemory(start, count);

    /// <summary>Holds some more.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        if (buffer is null || start + count + bytes.Length > buffer.Length)
        {
            MoveTo(count + bytes.Length);
        }

        bytes.CopyTo(buffer.AsSpan(start + count));
        count += bytes.Length;
    }

    /// <summary>Lets go of the first bytes.</summary>
    /// <param name="length">How many, of those held.</param>
    public void Drop(int length)
    {
        start += length;
        count -= length;
        if (count == 0)
        {
            Clear();
        }
        else if (length > 0 && count < buffer!.Length / 4)
        {
            MoveTo(count);
        }
    }

    /// <summary>Lets go of everything.</summary>
    public void Clear()
    {
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        this = default;
    }

    private void MoveTo(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        Bytes.Span.CopyTo(larger);
        var kept = count;
        Clear();
        (buffer, count) = (larger, kept);
    }
}
