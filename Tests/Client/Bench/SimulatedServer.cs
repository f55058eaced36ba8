using TinyTcp.Core.Sessions;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Core.Sessions;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>A server's end of one simulated connection: it can do what Core does, or something else.</summary>
/// <param name="peer">The connection's other end.</param>
internal sealed class SimulatedServer(SimulatedPeer peer)
{
    private readonly Host host = Host.Opened(Limits.Default);
    private int processed;

    internal SimulatedPeer Peer => peer;

    /// <summary>Everything that it was sent and has read.</summary>
    internal string Received => WireBytes.Characters(peer.Received);

    /// <summary>How many requests it has read.</summary>
    internal int Requests => Received.Count(static letter => letter == '\n');

    /// <summary>How often it did something.</summary>
    internal int ActionCount { get; private set; }

    internal void Act(Func<SimulatedServer, TimeSpan, bool> respond, TimeSpan now)
    {
        if (respond(this, now))
        {
            ActionCount++;
        }
    }

    /// <summary>Reads, and answers as the protocol wants.</summary>
    internal bool ReplyCorrectly()
    {
        peer.Read();
        host.Receive(peer.Received[processed..].ToArray());
        processed = peer.Received.Length;
        return Send(host.TakeOutput());
    }

    /// <summary>Says something, right or wrong.</summary>
    internal bool Send(string latin1)
    {
        peer.Send(WireBytes.Bytes(latin1));
        return true;
    }
}
