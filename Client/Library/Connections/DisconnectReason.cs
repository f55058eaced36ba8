using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Connections;

/// <summary>What the end of a stream means for a conversation: pure judgement.</summary>
internal static class DisconnectReason
{
    /// <summary>After BYE the end is what was asked for, however it came.</summary>
    /// <param name="error">Why no more lines come.</param>
    /// <param name="isByeReceived">Whether BYE was said.</param>
    /// <param name="writeError">Why a request could not be sent; empty where none was kept from it.</param>
    internal static ClientError From(ClientError error, bool isByeReceived, string writeError) =>
        error is not ClientError.ConnectionLost lost ? error
        : !isByeReceived ? (writeError.Length > 0 ? lost with { Detail = writeError } : lost)
        : lost.PartialLine.Length > 0 ? UnsolicitedLine(lost.PartialLine)
        : new ClientError.ClientClosed(ClosedBy.Quit);

    /// <summary>After BYE there may be no other line .</summary>
    /// <param name="line">One that came, quoted.</param>
    internal static ClientError UnsolicitedLine(string line) =>
        new ClientError.ProtocolError(new ProtocolViolation.UnsolicitedReply(line));
}
