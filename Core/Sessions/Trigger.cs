namespace TinyTcp.Core.Sessions;

/// <summary>What can befall a conversation: the events of the transition table (protocol.md, "States").</summary>
public enum Trigger
{
    /// <summary>The host has accepted the connection.</summary>
    Opened,

    /// <summary>The host has no place for the connection.</summary>
    ServerFull,

    /// <summary>The connection's address has as many as one may.</summary>
    AddressFull,

    /// <summary>The first byte is a TLS hello's.</summary>
    TlsHello,

    /// <summary>A blank line ended.</summary>
    BlankLine,

    /// <summary>A line was answered by its command's reply.</summary>
    Answered,

    /// <summary>A line was answered by an error.</summary>
    AnsweredWithError,

    /// <summary>Errors in a row have reached the limit.</summary>
    ErrorsExceeded,

    /// <summary>QUIT was answered.</summary>
    Quit,

    /// <summary>A line was another protocol's.</summary>
    WrongProtocolLine,

    /// <summary>Bytes of a line came, but not yet its end.</summary>
    PartialLine,

    /// <summary>A line has passed the limit before its end.</summary>
    LineTooLong,

    /// <summary>The end of a discarded line came.</summary>
    DiscardedLineEnded,

    /// <summary>The peer will send nothing more.</summary>
    PeerFinished,

    /// <summary>The time for a line is over.</summary>
    LineTimedOut,

    /// <summary>The time between lines is over.</summary>
    IdleTimedOut,

    /// <summary>The peer has taken nothing of what waits for too long.</summary>
    WriteTimedOut,

    /// <summary>The host is stopping.</summary>
    ShutdownRequested,
}
