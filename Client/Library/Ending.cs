namespace TinyTcp.Client;

/// <summary>What the end of a stream means for a conversation: pure judgement.</summary>
internal static class Ending
{
    /// <summary>After BYE the end is what was asked for, however it came.</summary>
    /// <param name="error">Why no more lines come.</param>
    /// <param name="isLeaving">Whether BYE was said.</param>
    /// <param name="unsent">Why a request could not be sent; empty where none was kept from it.</param>
    internal static ClientError Of(ClientError error, bool isLeaving, string unsent) =>
        error is not ClientError.Lost lost ? error
        : !isLeaving ? (unsent.Length > 0 ? lost with { How = unsent } : lost)
        : lost.Begun.Length > 0 ? Unasked(lost.Begun)
        : new ClientError.Over(EndedBy.Quit);

    /// <summary>After BYE there may be no other line .</summary>
    /// <param name="line">One that came, quoted.</param>
    internal static ClientError Unasked(string line) =>
        new ClientError.ProtocolBroken(new Breach.Unasked(line));
}
