using TinyTcp.Core.Sessions;

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

    /// <summary>Whether it counts against the limits: a refused one does not (S-10, S-11).</summary>
    public bool HasPlace;

    /// <summary>Whether the peer has said FIN: then a close leaves nothing unread.</summary>
    public bool PeerFinished;

    /// <summary>Where its conversation stands.</summary>
    public Session Session;

    /// <summary>A cut line, or input that waits for room for its replies.</summary>
    public Held Input;

    /// <summary>Replies that could not be sent yet: while there are any, room is awaited and nothing is read.</summary>
    public Held Output;

    /// <summary>Its number in the log: unlike the system's it is never used again.</summary>
    public long Serial;

    /// <summary>Whether more input may be answered now.</summary>
    public readonly bool CanTalk => Stage == Stage.Talking && Output.IsEmpty;

    /// <summary>Whether something is left to be said.</summary>
    public readonly bool IsUnfinished => Stage is Stage.Talking or Stage.Flushing;

    /// <summary>Whether nothing is left to be said or awaited.</summary>
    public readonly bool IsOver => Stage == Stage.Broken || (Stage == Stage.Draining && PeerFinished);
}
