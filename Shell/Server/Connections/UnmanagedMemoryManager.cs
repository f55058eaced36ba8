using System.Buffers;

namespace TinyTcp.Server.Connections;

/// <summary>
/// Shows what is <see cref="PendingBytes"/> as the memory that Core takes, without an allocation: one look at a time, which is
/// over before the next change.
/// </summary>
internal sealed unsafe class UnmanagedMemoryManager : MemoryManager<byte>
{
    private byte* at;
    private int length;

    /// <summary>The bytes, until the next look.</summary>
    public ReadOnlyMemory<byte> MemoryOf(in PendingBytes held)
    {
        fixed (byte* start = held.Bytes)
        {
            // They stay there afterwards, too: they are not the collector's.
            at = start;
            length = held.Bytes.Length;
        }

        return Memory;
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new(at, length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(at + elementIndex);

    /// <inheritdoc/>
    public override void Unpin() { }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) { }
}
