using System;

namespace TinyTcp.Core.Sessions;

/// <summary>The cases of <see cref="SessionEvent"/>.</summary>
internal enum SessionEventKind : byte
{
    /// <summary>Time has passed.</summary>
    TimerElapsed,

    /// <summary>The connection was accepted.</summary>
    Opened,

    /// <summary>The server has reached its limit.</summary>
    ServerFull,

    /// <summary>The address has reached its limit.</summary>
    AddressFull,

    /// <summary>Bytes were received.</summary>
    Received,

    /// <summary>The peer sends no more.</summary>
    PeerFinished,

    /// <summary>Replies are pending.</summary>
    SendStalled,

    /// <summary>The peer received some pending replies.</summary>
    SendProgressed,

    /// <summary>All pending replies were sent.</summary>
    SendCompleted,

    /// <summary>The host is shutting down.</summary>
    ShutdownRequested,
}

/// <summary>What a host reports to a session: a closed union. <c>default(SessionEvent)</c> is TimerElapsed.</summary>
public readonly record struct SessionEvent
{
    private SessionEvent(SessionEventKind kind, ReadOnlyMemory<byte> bytes = default)
    {
        Kind = kind;
        Bytes = bytes;
    }

    /// <summary>Time has passed; a deadline may have expired.</summary>
    public static SessionEvent TimerElapsed => default;

    /// <summary>The connection has been accepted within the limits .</summary>
    public static SessionEvent Opened => new(SessionEventKind.Opened);

    /// <summary>The connection has been accepted, but the server has reached its connection limit (S-10).</summary>
    public static SessionEvent ServerFull => new(SessionEventKind.ServerFull);

    /// <summary>The connection has been accepted, but its address has reached its limit (S-11).</summary>
    public static SessionEvent AddressFull => new(SessionEventKind.AddressFull);

    /// <summary>Bytes were received.</summary>
    /// <param name="bytes">What an earlier step did not consume, followed by the new bytes.</param>
    public static SessionEvent Received(ReadOnlyMemory<byte> bytes) => new(SessionEventKind.Received, bytes);

    /// <summary>The peer sends no more (FIN), and every byte before that has been received (S-2, F-6).</summary>
    public static SessionEvent PeerFinished => new(SessionEventKind.PeerFinished);

    /// <summary>
    /// Replies could not all be sent: the peer does not receive them. The host stops reading, and the idle and line timers
    /// pause (S-12). After the final reply: it has been sent, and the peer has not acknowledged it; the second of S-3 waits.
    /// </summary>
    public static SessionEvent SendStalled => new(SessionEventKind.SendStalled);

    /// <summary>The peer has received some of the pending replies, but not all (S-12).</summary>
    public static SessionEvent SendProgressed => new(SessionEventKind.SendProgressed);

    /// <summary>All pending replies have been sent (S-12). After the final reply: the peer has acknowledged it (S-3).</summary>
    public static SessionEvent SendCompleted => new(SessionEventKind.SendCompleted);

    /// <summary>The host is shutting down (S-9).</summary>
    public static SessionEvent ShutdownRequested => new(SessionEventKind.ShutdownRequested);

    /// <summary>Which case it is.</summary>
    internal SessionEventKind Kind { get; }

    /// <summary>The bytes of Received; empty for every other case.</summary>
    internal ReadOnlyMemory<byte> Bytes { get; }
}
