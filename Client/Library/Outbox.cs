namespace TinyTcp.Client;

/// <summary>
/// Requests on their way out: callers write behind each other into one buffer while the one before is being sent, so
/// that what many ask at once leaves together. It is guarded by whoever owns it.
/// </summary>
internal sealed class Outbox
{
    // A buffer that a long request has made larger is not kept.
    private const int Kept = 64 * 1024;

    // Whoever asks more than the system takes is not held in memory without end.
    private const int Most = 1024 * 1024;

    private byte[] filling = new byte[256];
    private byte[] leaving = new byte[256];
    private int length;

    /// <summary>Whether nothing waits to be sent.</summary>
    internal bool IsEmpty => length == 0;

    /// <summary>Whether so much waits that no more is to be added.</summary>
    internal bool IsFull => length >= Most;

    /// <summary>Writes a request behind the others.</summary>
    /// <returns>Its line, without the LF, until the next call.</returns>
    internal ReadOnlySpan<byte> Add(in Awaited awaited)
    {
        int written;
        while (!awaited.TryRender(filling.AsSpan(length), out written))
        {
            Array.Resize(ref filling, (int)Math.Min(2L * filling.Length, Array.MaxLength));
        }

        var line = filling.AsSpan(length, written - 1);
        length += written;
        return line;
    }

    /// <summary>Takes all that has been written since the last time.</summary>
    /// <param name="requests">It, until the next call.</param>
    /// <returns>False where there is nothing.</returns>
    internal bool TryTake(out ReadOnlyMemory<byte> requests)
    {
        requests = filling.AsMemory(0, length);
        (filling, leaving, length) = (leaving.Length <= Kept ? leaving : new byte[256], filling, 0);
        return !requests.IsEmpty;
    }
}
