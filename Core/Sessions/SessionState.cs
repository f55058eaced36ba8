namespace TinyTcp.Core.Sessions;

/// <summary>The states of a conversation, as the server sees it (protocol.md, "States").</summary>
public enum SessionState
{
    /// <summary>The connection has been accepted; nothing has been sent.</summary>
    New,

    /// <summary>The greeting has been sent; no byte has been received.</summary>
    Greeted,

    /// <summary>Between two lines.</summary>
    Idle,

    /// <summary>A line has begun and not ended.</summary>
    InLine,

    /// <summary>An overlong line has been answered; the rest of it is discarded.</summary>
    DiscardingLine,

    /// <summary>The final reply has been sent; nothing more is answered.</summary>
    Ended,
}
