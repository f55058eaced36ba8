using System.Buffers;
using System.Net;

namespace TinyTcp.Systems.Simulated;

/// <summary>
/// The other end of a simulated connection: what it can do to the loop, and what it sees of it. Bytes and ends
/// arrive at once, in order; a reset throws away what has not been read, as a kernel's may.
/// </summary>
internal sealed class SimulatedPeer
{
    private readonly ArrayBufferWriter<byte> read = new();
    private readonly Queue<byte> unread = new();

    /// <summary>Where it connects from.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Whether it is the loop's own end: a connection that met itself.</summary>
    public bool IsSelf { get; init; }

    /// <summary>How many bytes its receive window holds before the server's sends find no room.</summary>
    public int ReceiveWindow { get; init; } = int.MaxValue;

    /// <summary>Whether it reads at once whatever comes; otherwise only <see cref="Read"/> makes room.</summary>
    public bool ReadsAtOnce { get; init; } = true;

    /// <summary>What it has read so far.</summary>
    public ReadOnlySpan<byte> Received => read.WrittenSpan;

    /// <summary>Whether the server has said that it will send nothing more.</summary>
    public bool SawFin { get; private set; }

    /// <summary>Whether the connection was reset.</summary>
    public bool SawReset { get; private set; }

    /// <summary>Whether the server has given the connection back.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>What the server has not received yet.</summary>
    internal Queue<byte> Sent { get; } = new();

    /// <summary>Whether it has said FIN, after what is in <see cref="Sent"/>.</summary>
    internal bool HasFinished { get; private set; }

    /// <summary>Whether it has reset the connection.</summary>
    internal bool HasReset { get; private set; }

    /// <summary>How many bytes the server may send it now.</summary>
    internal int SendSpace => ReceiveWindow - unread.Count;

    /// <summary>Sends bytes.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            Sent.Enqueue(value);
        }
    }

    /// <summary>Says FIN.</summary>
    public void Finish() => HasFinished = true;

    /// <summary>Resets the connection.</summary>
    public void Reset() => HasReset = true;

    /// <summary>Reads what has come, which makes room.</summary>
    public void Read(int most = int.MaxValue)
    {
        for (var count = 0; count < most && unread.TryDequeue(out var value); count++)
        {
            read.Write([value]);
        }
    }

    /// <summary>The server sends bytes that there is room for.</summary>
    internal void Deliver(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            unread.Enqueue(value);
        }

        if (ReadsAtOnce)
        {
            Read();
        }
    }

    /// <summary>The server says FIN.</summary>
    internal void DeliverFin() => SawFin = true;

    /// <summary>The server closes: with input left unread that is a reset.</summary>
    internal void DeliverClose()
    {
        IsClosed = true;
        if (Sent.Count > 0 && !SawReset)
        {
            DeliverReset();
        }

        SawFin |= !SawReset;
    }

    /// <summary>The connection is reset under its feet.</summary>
    internal void DeliverReset()
    {
        SawReset = true;
        unread.Clear();
    }
}
