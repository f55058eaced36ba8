using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Core.Generators;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>Conversations on a host in memory.</summary>
internal static class HostedConversation
{
    /// <summary>The peer sends the bytes in segments and finishes.</summary>
    internal static Outcome Whole(
        ReadOnlyMemory<byte> bytes,
        Segmentation segmentation,
        Limits limits,
        int? outputSize = null
    )
    {
        var host = Sent(bytes, segmentation, limits, outputSize);
        return host.IsClosed ? host.Outcome : host.Handle(SessionEvent.PeerFinished).Outcome;
    }

    /// <summary>The peer sends the bytes in segments and does not finish.</summary>
    internal static Host Sent(
        ReadOnlyMemory<byte> bytes,
        Segmentation segmentation,
        Limits limits,
        int? outputSize = null
    )
    {
        var host = Host.Opened(limits, outputSize);
        foreach (var segment in segmentation.Segments(bytes).TakeWhile(_ => !host.IsClosed))
        {
            host.Receive(segment);
        }

        return host;
    }
}
