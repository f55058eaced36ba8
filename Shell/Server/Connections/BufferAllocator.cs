namespace TinyTcp.Server.Connections;

/// <summary>
/// Allocates the buffers of a loop's <see cref="PendingBytes"/>, and measures how much memory they take. The measures may
/// be read from any thread.
/// </summary>
internal sealed class BufferAllocator
{
    private long current;
    private long peak;

    /// <summary>How many bytes are allocated now.</summary>
    public long Current => Volatile.Read(ref current);

    /// <summary>The most bytes that were allocated since the last <see cref="ResetPeak"/>.</summary>
    public long Peak => Volatile.Read(ref peak);

    /// <summary>Sets the peak to what is allocated now.</summary>
    public void ResetPeak() => Volatile.Write(ref peak, Current);

    /// <summary>Allocates a buffer; its contents are undefined.</summary>
    public byte[] Allocate(int size)
    {
        Volatile.Write(ref current, current + size);
        if (current > Peak)
        {
            Volatile.Write(ref peak, current);
        }

        return GC.AllocateUninitializedArray<byte>(size);
    }

    /// <summary>A buffer is left to the garbage collector.</summary>
    public void Release(int size) => Volatile.Write(ref current, current - size);
}
