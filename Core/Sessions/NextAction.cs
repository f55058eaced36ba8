using System;
using LanguageExt;

namespace TinyTcp.Core.Sessions;

/// <summary>What the host is to do after a step: a closed union. <c>default(Next)</c> is Read.</summary>
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

    /// <summary>Send what was written, keep what was not consumed, and wait for more.</summary>
    public static NextAction Read => default;

    /// <summary>The destination is full: send what was written, then step again with what was not consumed.</summary>
    public static NextAction Flush => new(Case.Flush);

    /// <summary>Send what was written, then close: nothing more will be said.</summary>
    /// <param name="reason">Why.</param>
    public static NextAction Close(CloseReason reason) => new(Case.Close, reason);

    /// <summary>Whether it is Read.</summary>
    public bool IsRead => @case == Case.Read;

    /// <summary>Why it ended, where it is Close.</summary>
    public Option<CloseReason> Reason => @case == Case.Close ? reason : Option<CloseReason>.None;

    /// <summary>One function for each case; exactly one is called.</summary>
    public T Match<T>(Func<T> read, Func<T> flush, Func<CloseReason, T> close) =>
        @case switch
        {
            Case.Flush => flush(),
            Case.Close => close(reason),
            _ => read(),
        };

    /// <summary>One function for each case, with a context so that none needs to capture.</summary>
    public T Match<TContext, T>(
        TContext context,
        Func<TContext, T> read,
        Func<TContext, T> flush,
        Func<TContext, CloseReason, T> close
    )
        where TContext : allows ref struct =>
        @case switch
        {
            Case.Flush => flush(context),
            Case.Close => close(context, reason),
            _ => read(context),
        };
}
