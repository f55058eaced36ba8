using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Connections;

/// <summary>
/// Requests on their way out: callers write behind each other into one buffer while the one before is being sent, so
/// that what many ask at once leaves together. It is guarded by whoever owns it.
/// </summary>
internal sealed class WriteBuffer
{
    // A buffer that a long request has made larger is not kept.
    private const int MaxRetainedSize = 64 * 1024;

    // Whoever asks more than the system takes is not held in memory without end.
    private const int MaxSize = 1024 * 1024;

    private byte[] active = new byte[256];
    private byte[] inFlight = new byte[256];
    private int length;

    /// <summary>Whether nothing waits to be sent.</summary>
    internal bool IsEmpty => length == 0;

    /// <summary>Whether so much waits that no more is to be added.</summary>
    internal bool IsFull => length >= MaxSize;

    /// <summary>Writes a request behind the others.</summary>
    /// <returns>Its line, without the LF, until the next call.</returns>
    internal ReadOnlySpan<byte> Append(in PendingOperation operation)
    {
        int written;
        while (!operation.TryRender(active.AsSpan(length), out written))
        {
            Array.Resize(ref active, (int)Math.Min(2L * active.Length, Array.MaxLength));
        }

        var line = active.AsSpan(length, written - 1);
        length += written;
        return line;
    }

    /// <summary>Takes all that has been written since the last time.</summary>
    /// <param name="requests">It, until the next call.</param>
    /// <returns>False where there is nothing.</returns>
    internal bool TryTakeAll(out ReadOnlyMemory<byte> requests)
    {
        requests = active.AsMemory(0, length);
        (active, inFlight, length) = (
            inFlight.Length <= MaxRetainedSize ? inFlight : new byte[256],
            active,
            0
        );
        return !requests.IsEmpty;
    }
}
