namespace TinyTcp.Cli.Bench.Engine;

/// <summary>
/// What a run has counted: one thread counts, another reads. The reader offers an empty buffer, and is handed the full one
/// for it. Nothing is copied, and neither thread waits for the other.
/// </summary>
internal sealed class ResultRecorder
{
    private readonly LoadResult total = LoadResult.Empty();
    private LoadResult? emptyBuffer;
    private LoadResult? filledBuffer;
    private bool hasReader;

    /// <summary>Where the thread that counts counts.</summary>
    internal LoadResult Active { get; private set; } = LoadResult.Empty();

    /// <summary>Called now and then by the thread that counts: hands over what it has, if that is wanted.</summary>
    internal void SwapIfRequested()
    {
        if (Interlocked.Exchange(ref emptyBuffer, null) is { } empty)
        {
            Volatile.Write(ref filledBuffer, Active);
            Active = empty;
        }
    }

    /// <summary>Called by the reader: what has been handed over until now; and asks for more.</summary>
    internal LoadResult Read()
    {
        if (Interlocked.Exchange(ref filledBuffer, null) is { } full)
        {
            total.Add(full);
            full.Reset();
            Volatile.Write(ref emptyBuffer, full);
        }
        else if (!hasReader)
        {
            hasReader = true;
            Volatile.Write(ref emptyBuffer, LoadResult.Empty());
        }

        return total;
    }

    /// <summary>Called by the reader, once, after the thread that counts has ended: all of it.</summary>
    internal LoadResult ReadFinal()
    {
        Read().Add(Active);
        return total;
    }
}
