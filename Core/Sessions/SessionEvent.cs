using System;

namespace TinyTcp.Core.Sessions;

/// <summary>What a host tells a session: a closed union. <c>default(SessionEvent)</c> is TimePassed.</summary>
public readonly record struct SessionEvent
{
    private enum Case : byte
    {
        TimePassed,
        Opened,
        ServerFull,
        AddressFull,
        Received,
        PeerFinished,
        SendStalled,
        SendProgressed,
        SendCompleted,
        Stopped,
    }

    private readonly Case @case;
    private readonly ReadOnlyMemory<byte> bytes;

    private SessionEvent(Case @case, ReadOnlyMemory<byte> bytes = default)
    {
        this.@case = @case;
        this.bytes = bytes;
    }

    /// <summary>Time has passed; a deadline may be over.</summary>
    public static SessionEvent TimerElapsed => default;

    /// <summary>The connection has been accepted and has a place .</summary>
    public static SessionEvent Opened => new(Case.Opened);

    /// <summary>The connection has been accepted, and the server has no place for it (S-10).</summary>
    public static SessionEvent ServerFull => new(Case.ServerFull);

    /// <summary>The connection has been accepted, and its address has as many as one may (S-11).</summary>
    public static SessionEvent AddressFull => new(Case.AddressFull);

    /// <summary>Bytes have come.</summary>
    /// <param name="bytes">What an earlier step did not consume, and the new bytes after it.</param>
    public static SessionEvent Received(ReadOnlyMemory<byte> bytes) => new(Case.Received, bytes);

    /// <summary>The peer has finished, and every byte before that has been received (S-2, F-6).</summary>
    public static SessionEvent PeerFinished => new(Case.PeerFinished);

    /// <summary>
    /// What was said could not all be sent: the peer does not take it. From now on it is not read either, and its idle
    /// and line clocks stand still (S-12).
    /// </summary>
    public static SessionEvent SendStalled => new(Case.SendStalled);

    /// <summary>The peer has taken some of what waits, but not all (S-12).</summary>
    public static SessionEvent SendProgressed => new(Case.SendProgressed);

    /// <summary>The peer has taken all that waited (S-12).</summary>
    public static SessionEvent SendCompleted => new(Case.SendCompleted);

    /// <summary>The host is stopping (S-9).</summary>
    public static SessionEvent ShutdownRequested => new(Case.Stopped);

    /// <summary>One function for each case, with a context so that none needs to capture.</summary>
    public T Match<TContext, T>(
        TContext context,
        Func<TContext, T> timePassed,
        Func<TContext, T> opened,
        Func<TContext, T> serverFull,
        Func<TContext, T> addressFull,
        Func<TContext, ReadOnlyMemory<byte>, T> received,
        Func<TContext, T> peerFinished,
        Func<TContext, T> sendStalled,
        Func<TContext, T> sendProgressed,
        Func<TContext, T> sendCompleted,
        Func<TContext, T> stopped
    )
        where TContext : allows ref struct =>
        @case switch
        {
            Case.Opened => opened(context),
            Case.ServerFull => serverFull(context),
            Case.AddressFull => addressFull(context),
            Case.Received => received(context, bytes),
            Case.PeerFinished => peerFinished(context),
            Case.SendStalled => sendStalled(context),
            Case.SendProgressed => sendProgressed(context),
            Case.SendCompleted => sendCompleted(context),
            Case.Stopped => stopped(context),
            _ => timePassed(context),
        };
}
