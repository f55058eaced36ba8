namespace TinyTcp.Cli.Benching.Looping;

/// <summary>
/// What a run has counted: one thread counts, another reads. The reader offers an empty buffer, and is handed the full one
/// for it. Nothing is copied, and neither thread waits for the other.
/// </summary>
internal sealed class Handover
{
    private readonly Measured read = Measured.Nothing();
    private Measured? offered;
    private Measured? filled;
    private bool isRead;

    /// <summary>Where the thread that counts counts.</summary>
    internal Measured Counting { get; private set; } = Measured.Nothing();

    /// <summary>Called now and then by the thread that counts: hands over what it has, if that is wanted.</summary>
    internal void Attend()
    {
        if (Interlocked.Exchange(ref offered, null) is { } empty)
        {
            Volatile.Write(ref filled, Counting);
            Counting = empty;
        }
    }

    /// <summary>Called by the reader: what has been handed over until now; and asks for more.</summary>
    internal Measured Read()
    {
        if (Interlocked.Exchange(ref filled, null) is { } full)
        {
            read.Add(full);
            full.Clear();
            Volatile.Write(ref offered, full);
        }
        else if (!isRead)
        {
            isRead = true;
            Volatile.Write(ref offered, Measured.Nothing());
        }

        return read;
    }

    /// <summary>Called by the reader, once, after the thread that counts has ended: all of it.</summary>
    internal Measured ReadAll()
    {
        Read().Add(Counting);
        return read;
    }
}
