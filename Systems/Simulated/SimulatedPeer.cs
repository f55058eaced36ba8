using System.Buffers;
using System.Net;

namespace TinyTcp.Systems.Simulated;

/// <summary>
/// The other end of a simulated connection, which a test controls. Bytes and FINs arrive in order, and at once while the
/// receive window has space; a reset discards what has not been read, as a kernel's may.
/// </summary>
public sealed class SimulatedPeer
{
    private readonly ArrayBufferWriter<byte> read = new();
    private readonly Queue<byte> unread = new();
    private readonly Queue<byte> unacknowledged = new();
    private bool isFinSent;

    /// <summary>The address it connects from.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Whether both ends of the connection are the same socket.</summary>
    public bool IsSelf { get; init; }

    /// <summary>The receive window's size in bytes: how much can be sent to the peer before it reads.</summary>
    public int ReceiveWindow { get; init; } = int.MaxValue;

    /// <summary>
    /// The size in bytes of the loop's send buffer: how much can be sent beyond the window. The connection is writable again
    /// once half of it is free, as on Linux.
    /// </summary>
    public int SendBuffer { get; init; }

    /// <summary>
    /// Whether the loop can send nothing, though the connection is reported as writable, as of a kernel without memory for
    /// sockets.
    /// </summary>
    public bool IsOutOfMemory { get; set; }

    /// <summary>Whether it reads at once what arrives; otherwise only <see cref="Read"/> frees the window.</summary>
    public bool ReadsAtOnce { get; init; } = true;

    /// <summary>All bytes it has read.</summary>
    public ReadOnlySpan<byte> Received => read.WrittenSpan;

    /// <summary>Whether it has received FIN.</summary>
    public bool SawFin { get; private set; }

    /// <summary>Whether it has received a reset, or lost the connection.</summary>
    public bool SawReset { get; private set; }

    /// <summary>Whether the loop has closed the connection.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>How many bytes have arrived that it has not read.</summary>
    public int UnreadBytes => unread.Count;

    /// <summary>What it has sent and the loop has not received yet.</summary>
    internal Queue<byte> Sent { get; } = new();

    /// <summary>Whether it has sent FIN, after what is in <see cref="Sent"/>.</summary>
    internal bool HasFinished { get; private set; }

    /// <summary>Whether it has reset the connection.</summary>
    internal bool HasReset { get; private set; }

    /// <summary>How many bytes can be sent to it now.</summary>
    internal int SendSpace =>
        IsOutOfMemory ? 0 : ReceiveWindow - unread.Count + (SendBuffer - unacknowledged.Count);

    /// <summary>Whether the loop gets an event when it can send.</summary>
    internal bool IsWritable => IsOutOfMemory || (SendSpace > 0 && unacknowledged.Count <= SendBuffer / 2);

    /// <summary>How many of the bytes that the loop sent have not arrived, FIN included.</summary>
    internal int Unacknowledged => unacknowledged.Count + (isFinSent && !SawFin ? 1 : 0);

    /// <summary>Whether it has sent FIN, and everything that the loop sent has arrived, FIN included.</summary>
    internal bool IsAcknowledgedAndFinished => HasFinished && isFinSent && Unacknowledged == 0;

    /// <summary>Sends bytes. If the loop has closed the connection the answer is a reset: what has not arrived is lost.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        if (IsClosed)
        {
            SawReset = true;
            unacknowledged.Clear();
            return;
        }

        foreach (var value in bytes)
        {
            Sent.Enqueue(value);
        }
    }

    /// <summary>Sends FIN.</summary>
    public void Finish() => HasFinished = true;

    /// <summary>Resets the connection.</summary>
    public void Reset() => HasReset = true;

    /// <summary>Reads what has arrived, which frees the window.</summary>
    /// <param name="limit">The most bytes to read.</param>
    public void Read(int limit = int.MaxValue)
    {
        for (var count = 0; count < limit && unread.TryDequeue(out var value); count++)
        {
            read.Write([value]);
        }

        Arrive();
    }

    /// <summary>The loop sends bytes; there are at most <see cref="SendSpace"/>.</summary>
    internal void Deliver(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            unacknowledged.Enqueue(value);
        }

        Arrive();
    }

    /// <summary>The loop sends FIN.</summary>
    internal void DeliverFin()
    {
        isFinSent = !SawReset;
        Arrive();
    }

    /// <summary>The loop closes: if it has not received everything, that is a reset.</summary>
    internal void DeliverClose()
    {
        IsClosed = true;
        if (Sent.Count > 0 && !SawReset)
        {
            DeliverReset();
        }

        DeliverFin();
    }

    /// <summary>The connection is reset.</summary>
    internal void DeliverReset()
    {
        SawReset = true;
        unread.Clear();
        unacknowledged.Clear();
    }

    private void Arrive()
    {
        while ((ReadsAtOnce || unread.Count < ReceiveWindow) && unacknowledged.TryDequeue(out var value))
        {
            if (ReadsAtOnce)
            {
                read.Write([value]);
            }
            else
            {
                unread.Enqueue(value);
            }
        }

        SawFin |= isFinSent && unacknowledged.Count == 0;
    }
}
