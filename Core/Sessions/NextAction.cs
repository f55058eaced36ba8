using System;
using LanguageExt;

namespace TinyTcp.Core.Sessions;

/// <summary>What the host does after a step: a closed union. <c>default(NextAction)</c> is Read.</summary>
public readonly record struct NextAction
{
    private enum Case : byte
    {
        Read,
        Flush,
        Close,
    }

    private readonly Case @case;
    private readonly CloseReason reason;

    private NextAction(Case @case, CloseReason reason = default)
    {
        this.@case = @case;
        this.reason = reason;
    }

    /// <summary>Send what was written, keep what was not consumed, and read more.</summary>
    public static NextAction Read => default;

    /// <summary>The destination is full: send what was written, then step again with what was not consumed.</summary>
    public static NextAction Flush => new(Case.Flush);

    /// <summary>Send what was written, then close: no more replies follow.</summary>
    /// <param name="reason">Why.</param>
    public static NextAction Close(CloseReason reason) => new(Case.Close, reason);

    /// <summary>Whether it is Read.</summary>
    public bool IsRead => @case == Case.Read;

    /// <summary>Why to close; none unless it is Close.</summary>
    public Option<CloseReason> Reason => @case == Case.Close ? reason : Option<CloseReason>.None;

    /// <summary>Calls one function: the one of the action's case.</summary>
    public T Match<T>(Func<T> read, Func<T> flush, Func<CloseReason, T> close) =>
        @case switch
        {
            Case.Read => read(),
            Case.Flush => flush(),
            Case.Close => close(reason),
        };
}
