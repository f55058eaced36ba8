using TinyTcp.Core.Sessions;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Core.Sessions;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client.Benching;

/// <summary>A server's end of one simulated connection: it can do what Core does, or something else.</summary>
/// <param name="peer">The connection's other end.</param>
internal sealed class Served(SimulatedPeer peer)
{
    private readonly Host host = Host.Opened(Limits.Default);
    private int heard;

    internal SimulatedPeer Peer => peer;

    /// <summary>Everything that it was sent and has read.</summary>
    internal string Heard => WireBytes.Characters(peer.Received);

    /// <summary>How many requests it has read.</summary>
    internal int Requests => Heard.Count(static letter => letter == '\n');

    /// <summary>How often it did something.</summary>
    internal int Times { get; private set; }

    internal void Serve(Func<Served, TimeSpan, bool> serve, TimeSpan now)
    {
        if (serve(this, now))
        {
            Times++;
        }
    }

    /// <summary>Reads, and answers as the protocol wants.</summary>
    internal bool Truly()
    {
        peer.Read();
        host.Receive(peer.Received[heard..].ToArray());
        heard = peer.Received.Length;
        return Say(host.TakeOutput());
    }

    /// <summary>Says something, right or wrong.</summary>
    internal bool Say(string latin1)
    {
        peer.Send(WireBytes.Bytes(latin1));
        return true;
    }
}
