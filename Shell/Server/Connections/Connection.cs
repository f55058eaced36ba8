using TinyTcp.Core.Sessions;

namespace TinyTcp.Server.Connections;

/// <summary>Where a connection stands, seen from its socket.</summary>
internal enum SocketState : byte
{
    /// <summary>No connection has this number.</summary>
    Free,

    /// <summary>The conversation goes on.</summary>
    Open,

    /// <summary>The conversation is over; its last words have not all been sent.</summary>
    Flushing,

    /// <summary>The last words are sent and FIN is said; what the peer still sends is thrown away.</summary>
    Lingering,

    /// <summary>The connection is lost; all that is left is to close it.</summary>
    Broken,
}

/// <summary>What the loop keeps of a connection: a few dozen bytes. Buffers are borrowed only while needed.</summary>
internal struct Connection
{
    /// <summary>Where its socket stands.</summary>
    public SocketState State;

    /// <summary>Whether it counts against the limits: a refused one does not (S-10, S-11).</summary>
    public bool IsCounted;

    /// <summary>Whether the peer has said FIN: then a close leaves nothing unread.</summary>
    public bool PeerFinished;

    /// <summary>Where its conversation stands.</summary>
    public Session Session;

    /// <summary>A cut line, or input that waits for room for its replies.</summary>
    public PendingBytes Input;

    /// <summary>Replies that could not be sent yet: while there are any, room is awaited and nothing is read.</summary>
    public PendingBytes Output;

    /// <summary>Its number in the log: unlike the system's it is never used again.</summary>
    public long ConnectionId;

    /// <summary>Whether more input may be answered now.</summary>
    public readonly bool CanReceive => State == SocketState.Open && Output.IsEmpty;

    /// <summary>Whether something is left to be said.</summary>
    public readonly bool IsUnfinished => State is SocketState.Open or SocketState.Flushing;

    /// <summary>Whether nothing is left to be said or awaited.</summary>
    public readonly bool IsOver =>
        State == SocketState.Broken || (State == SocketState.Lingering && PeerFinished);
}
