namespace TinyTcp.Server.Loop;

/// <summary>
/// The bounds of a close (S-3). Closing a socket with unread input sends a reset, which can overtake the last reply; so
/// what the peer still sends is read and thrown away, but not for ever.
/// </summary>
internal static class Linger
{
    /// <summary>How long replies may wait for room without any being taken.</summary>
    internal static readonly TimeSpan ForProgress = TimeSpan.FromSeconds(10);

    /// <summary>How long the peer is given to say FIN after ours.</summary>
    internal static readonly TimeSpan ForPeer = TimeSpan.FromSeconds(1);
}
