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

    /// <summary>The server sent a goodbye .</summary>
    /// <param name="error">Its error code.</param>
    public static CloseReason Goodbye(ErrorCode error) => new(Case.Goodbye, error);

    /// <summary>The peer received no replies for too long (S-12). No goodbye is sent, because it would not arrive.</summary>
    public static CloseReason WriteTimeout => new(Case.WriteTimeout);

    /// <summary>The error code of the goodbye; none if there is none.</summary>
    public Option<ErrorCode> FinalError => @case == Case.Goodbye ? error : Option<ErrorCode>.None;

    /// <summary>The reason's name in logs and metrics; a goodbye's is its error code.</summary>
    public string Name =>
        @case switch
        {
            Case.PeerFinished => "PEER_FINISHED",
            Case.Quit => "QUIT",
            Case.Goodbye => error.Name,
            Case.WriteTimeout => "WRITE_TIMEOUT",
        };

    /// <summary>Calls one function: the one of the reason's case.</summary>
    public T Match<T>(Func<T> peerFinished, Func<T> quit, Func<ErrorCode, T> goodbye, Func<T> writeTimeout) =>
        @case switch
        {
            Case.PeerFinished => peerFinished(),
            Case.Quit => quit(),
            Case.Goodbye => goodbye(error),
            Case.WriteTimeout => writeTimeout(),
        };

    /// <summary>The reason's name.</summary>
    public override string ToString() => Name;
}
