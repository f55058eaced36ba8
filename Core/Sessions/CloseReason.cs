using System;
using LanguageExt;
using TinyTcp.Core.Errors;

namespace TinyTcp.Core.Sessions;

/// <summary>Why a conversation ended: a closed union. <c>default(CloseReason)</c> is PeerFinished.</summary>
public readonly record struct CloseReason
{
    private enum Case : byte
    {
        PeerFinished,
        Quit,
        Goodbye,
        WriteTimeout,
    }

    private readonly Case @case;
    private readonly ErrorCode error;

    private CloseReason(Case @case, ErrorCode error = default)
    {
        this.@case = @case;
        this.error = error;
    }

    /// <summary>The peer finished between two lines (S-2).</summary>
    public static CloseReason PeerFinished => default;

    /// <summary>QUIT was answered (C-6).</summary>
    public static CloseReason Quit => new(Case.Quit);

    /// <summary>The server said goodbye .</summary>
    /// <param name="error">Its last word.</param>
    public static CloseReason Goodbye(ErrorCode error) => new(Case.Goodbye, error);

    /// <summary>
    /// The peer took no replies for too long (S-12). Nothing that is said would arrive, so there is no last word.
    /// </summary>
    public static CloseReason WriteTimeout => new(Case.WriteTimeout);

    /// <summary>The last word, where it is an error.</summary>
    public Option<ErrorCode> FinalError =>
        Match(
            peerFinished: static () => default,
            quit: static () => default,
            goodbye: Option<ErrorCode>.Some,
            writeTimeout: static () => default
        );

    /// <summary>The reason's name in logs and metrics: a goodbye's is its code.</summary>
    public string Name =>
        Match(
            peerFinished: static () => "PEER_FINISHED",
            quit: static () => "QUIT",
            goodbye: static error => error.Name,
            writeTimeout: static () => "WRITE_TIMEOUT"
        );

    /// <summary>One function for each case; exactly one is called.</summary>
    public T Match<T>(Func<T> peerFinished, Func<T> quit, Func<ErrorCode, T> goodbye, Func<T> writeTimeout) =>
        @case switch
        {
            Case.Quit => quit(),
            Case.Goodbye => goodbye(error),
            Case.WriteTimeout => writeTimeout(),
            _ => peerFinished(),
        };

    /// <summary>The reason's name.</summary>
    public override string ToString() => Name;
}
