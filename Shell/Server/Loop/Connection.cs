using TinyTcp.Core;

namespace TinyTcp.Server.Loop;

/// <summary>Where a connection stands, seen from its socket.</summary>
internal enum Stage : byte
{
    /// <summary>No connection has this number.</summary>
    Free,

    /// <summary>The conversation goes on.</summary>
    Talking,

    /// <summary>The conversation is over; its last words have not all been sent.</summary>
    Flushing,

    /// <summary>The last words are sent and FIN is said; what the peer still sends is thrown away.</summary>
    Draining,

    /// <summary>The connection is lost; all that is left is to close it.</summary>
    Broken,
}

/// <summary>What the loop keeps of a connection: a few dozen bytes. Buffers are borrowed only while needed.</summary>
internal struct Connection
{
    /// <summary>Where its socket stands.</summary>
    public Stage Stage;

    /// <summary>Whether it counts against the limit: a refused one does not (S-10).</summary>
    public bool HasPlace;

    /// <summary>Whether the peer has said FIN: then a close leaves nothing unread.</summary>
    public bool PeerFinished;

    /// <summary>Whether room is awaited: then nothing is received.</summary>
    public bool AwaitsRoom;

    /// <summary>Where its conversation stands.</summary>
    public Session Session;

    /// <summary>
    /// When patience ends: with a peer that takes no replies and, once the conversation is over, with the connection.
    /// </summary>
    public TimeSpan Until;

    /// <summary>A cut line, or input that waits for room for its replies.</summary>
    public Held Input;

    /// <summary>Replies that could not be sent yet: while there are any, nothing is read.</summary>
    public Held Output;

    /// <summary>Its number in the log: unlike the system's it is never used again.</summary>
    public long Serial;

    /// <summary>Whether more input may be answered now.</summary>
    public readonly bool CanTalk => Stage == Stage.Talking && Output.IsEmpty;

    /// <summary>Whether nothing is left to be said or awaited.</summary>
    public readonly bool IsOver => Stage == Stage.Broken || (Stage == Stage.Draining && PeerFinished);

    /// <summary>
    /// When it is to be looked at, whatever happens. While its replies are being taken, and shortly after, the session's
    /// own deadline waits: what the peer has sent meanwhile has not been read.
    /// </summary>
    public readonly TimeSpan Deadline(Limits limits) =>
        Stage == Stage.Talking && Session.Deadline(limits) is var due && due > Until ? due : Until;
}
