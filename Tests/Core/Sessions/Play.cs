using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Core.Generators;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>Whole conversations, from the greeting to the peer's end or the server's goodbye.</summary>
internal static class Play
{
    /// <summary>The peer sends these bytes, cut like this, and finishes.</summary>
    internal static Outcome Whole(ReadOnlyMemory<byte> bytes, Cut cut, Limits limits, int? room = null)
    {
        var host = Sent(bytes, cut, limits, room);
        return host.IsClosed ? host.Outcome : host.Tell(SessionEvent.PeerFinished).Outcome;
    }

    /// <summary>The peer sends these bytes, cut like this, and may yet send more.</summary>
    internal static Host Sent(ReadOnlyMemory<byte> bytes, Cut cut, Limits limits, int? room = null)
    {
        var host = Host.Opened(limits, room);
        foreach (var piece in cut.Pieces(bytes).TakeWhile(_ => !host.IsClosed))
        {
            host.Receive(piece);
        }

        return host;
    }
}
