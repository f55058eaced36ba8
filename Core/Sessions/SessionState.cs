namespace TinyTcp.Core.Sessions;

/// <summary>Where a conversation stands, seen from the server (protocol.md, "States").</summary>
public enum SessionState
{
    /// <summary>Accepted; nothing has been said.</summary>
    New,

    /// <summary>Greeted; no byte has come.</summary>
    Greeted,

    /// <summary>Between two lines.</summary>
    Idle,

    /// <summary>A line has begun and not ended.</summary>
    InLine,

    /// <summary>An overlong line has been answered; its rest is being discarded.</summary>
    DiscardingLine,

    /// <summary>The last word has been said; nothing is answered any more.</summary>
    Ended,
}
