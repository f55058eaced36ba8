using TinyTcp.Core.Sessions;

namespace TinyTcp.Server.Connections;

/// <summary>
/// The state of a connection's socket: Open → Flushing → Delivering → Lingering → closed (Free). Broken can follow each
/// but Free.
/// </summary>
internal enum SocketState : byte
{
    /// <summary>No connection has this slot.</summary>
    Free,

    /// <summary>The session goes on.</summary>
    Open,

    /// <summary>The session has ended; the last replies have not all been sent.</summary>
    Flushing,

    /// <summary>The last replies and FIN are sent, and not all acknowledged; input is read and discarded.</summary>
    Delivering,

    /// <summary>The peer has acknowledged everything; input is read and discarded until its FIN.</summary>
    Lingering,

    /// <summary>The connection is lost; it only has to be closed.</summary>
    Broken,
}

/// <summary>A connection's state: a few dozen bytes. It has buffers only while bytes are pending.</summary>
internal struct Connection
{
    /// <summary>The state of the socket.</summary>
    public SocketState State;

    /// <summary>Whether it counts against the limits; a rejected one does not (S-10, S-11).</summary>
    public bool IsCounted;

    /// <summary>Whether the peer has sent FIN: then nothing is left unread.</summary>
    public bool PeerFinished;

    /// <summary>Whether the system took nothing though the connection was writable: it is tried again by a timer.</summary>
    public bool IsSendBlocked;

    /// <summary>
    /// How many bytes the peer had not acknowledged when it was last asked for, of a stalled connection;
    /// <see cref="int.MaxValue"/> before that.
    /// </summary>
    public int Unacknowledged;

    /// <summary>The state of the protocol.</summary>
    public Session Session;

    /// <summary>An unfinished line, or input that is processed once the pending replies are sent.</summary>
    public PendingBytes Input;

    /// <summary>Replies that could not be sent yet. While there are any, nothing is read.</summary>
    public PendingBytes Output;

    /// <summary>Its number in the log, never used again.</summary>
    public long ConnectionId;

    /// <summary>Whether input may be processed.</summary>
    public readonly bool CanReceive => State == SocketState.Open && Output.IsEmpty;

    /// <summary>Whether the peer has replies to receive, of which it has not yet received all.</summary>
    public readonly bool IsStalled => !Output.IsEmpty || State == SocketState.Delivering;

    /// <summary>Whether replies are still to be sent, or requests to be answered.</summary>
    public readonly bool IsUnfinished => State is SocketState.Open or SocketState.Flushing;

    /// <summary>Whether it can be closed: the peer has acknowledged everything, and sends no more.</summary>
    public readonly bool IsOver =>
        State == SocketState.Broken || (State == SocketState.Lingering && PeerFinished);
}
