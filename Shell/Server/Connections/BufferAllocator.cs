namespace TinyTcp.Server.Connections;

/// <summary>
/// Allocates the buffers of a loop's <see cref="PendingBytes"/>, and measures how much memory they take. The measures may
/// be read from any thread.
/// </summary>
internal sealed class BufferAllocator
{
    private long current;
    private long peak;
    private long failures;

    /// <summary>How many bytes are allocated now.</summary>
    public long Current => Volatile.Read(ref current);

    /// <summary>The most bytes that were allocated since the last <see cref="ResetPeak"/>.</summary>
    public long Peak => Volatile.Read(ref peak);

    /// <summary>How often there was no memory.</summary>
    public long Failures => Volatile.Read(ref failures);

    /// <summary>Sets the peak to what is allocated now.</summary>
    public void ResetPeak() => Volatile.Write(ref peak, Current);

    /// <summary>Allocates a buffer; its contents are undefined.</summary>
    /// <param name="size">Its size in bytes.</param>
    /// <param name="buffer">The buffer; empty if there is no memory.</param>
    /// <returns>Whether there was memory.</returns>
    public bool TryAllocate(int size, out byte[] buffer)
    {
        try
        {
            buffer = GC.AllocateUninitializedArray<byte>(size);
        }
        catch (OutOfMemoryException)
        {
            buffer = [];
            Volatile.Write(ref failures, failures + 1);
            return false;
        }

        Volatile.Write(ref current, current + size);
        if (current > Peak)
        {
            Volatile.Write(ref peak, current);
        }

        return true;
    }

    /// <summary>A buffer is left to the garbage collector.</summary>
    public void Release(int size) => Volatile.Write(ref current, current - size);
}
