namespace TinyTcp.Core.Sessions;

/// <summary>What causes a transition (protocol.md, "States").</summary>
public enum Trigger
{
    /// <summary>The host has accepted the connection.</summary>
    Opened,

    /// <summary>The host has reached its connection limit.</summary>
    ServerFull,

    /// <summary>The connection's address has reached its limit.</summary>
    AddressFull,

    /// <summary>The first byte is that of a TLS handshake.</summary>
    TlsHello,

    /// <summary>A blank line ended.</summary>
    BlankLine,

    /// <summary>A line was answered with its command's reply.</summary>
    Answered,

    /// <summary>A line was answered with an error.</summary>
    AnsweredWithError,

    /// <summary>The errors in a row have reached the limit.</summary>
    ErrorsExceeded,

    /// <summary>QUIT was answered.</summary>
    Quit,

    /// <summary>A line belongs to another protocol.</summary>
    WrongProtocolLine,

    /// <summary>Bytes of a line were received, but not its end.</summary>
    PartialLine,

    /// <summary>A line exceeded the limit before its end.</summary>
    LineTooLong,

    /// <summary>The end of a discarded line was received.</summary>
    DiscardedLineEnded,

    /// <summary>The peer sends no more.</summary>
    PeerFinished,

    /// <summary>The line timeout expired.</summary>
    LineTimedOut,

    /// <summary>The idle timeout expired.</summary>
    IdleTimedOut,

    /// <summary>The write timeout expired.</summary>
    WriteTimedOut,

    /// <summary>The host is shutting down.</summary>
    ShutdownRequested,
}
