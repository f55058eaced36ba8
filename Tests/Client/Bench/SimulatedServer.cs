using TinyTcp.Core.Sessions;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Core.Sessions;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>
/// The server's end of a simulated connection. It replies correctly or as a test says, and its network delivers one segment per
/// tick.
/// </summary>
internal sealed class SimulatedServer(SimulatedPeer peer, Segmentation segmentation)
{
    private readonly Host host = Host.Opened(Limits.Default);
    private readonly Queue<Action> deliveries = [];
    private int processed;

    /// <summary>The bytes that it has read.</summary>
    internal string Received => WireBytes.Characters(peer.Received);

    /// <summary>The number of requests that it has read.</summary>
    internal int Requests => Received.Count(static letter => letter == '\n');

    /// <summary>How often it acted.</summary>
    internal int ActionCount { get; private set; }

    /// <summary>Whether the client has reset the connection.</summary>
    internal bool SawReset => peer.SawReset;

    /// <summary>One tick: acts, and delivers a segment.</summary>
    internal void Act(Func<SimulatedServer, TimeSpan, bool> respond, TimeSpan now)
    {
        ActionCount += respond(this, now) ? 1 : 0;
        if (deliveries.TryDequeue(out var deliver))
        {
            deliver();
        }
    }

    /// <summary>Acts, and delivers all segments.</summary>
    internal void ActToEnd(Func<SimulatedServer, TimeSpan, bool> respond, TimeSpan now)
    {
        do
        {
            Act(respond, now);
        } while (deliveries.Count > 0);
    }

    internal void Read() => peer.Read();

    /// <summary>Reads, and replies as the protocol requires.</summary>
    internal bool ReplyCorrectly()
    {
        Read();
        host.Receive(peer.Received[processed..].ToArray());
        processed = peer.Received.Length;
        return Send(host.TakeOutput());
    }

    /// <summary>Sends any bytes.</summary>
    internal bool Send(string latin1)
    {
        // A tick without bytes would let the loop wait for its next deadline.
        foreach (
            var segment in segmentation
                .Segments(WireBytes.Bytes(latin1))
                .Where(static segment => !segment.IsEmpty)
        )
        {
            deliveries.Enqueue(() => peer.Send(segment.Span));
        }

        return true;
    }

    internal void Finish() => deliveries.Enqueue(peer.Finish);

    internal void Reset() => deliveries.Enqueue(peer.Reset);
}
