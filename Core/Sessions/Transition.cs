using LanguageExt;
using TinyTcp.Core.Errors;

namespace TinyTcp.Core.Sessions;

/// <summary>One row of the state machine. <c>default(Transition)</c> opens a new session and leaves it new.</summary>
public readonly record struct Transition
{
    private Transition(SessionState from, Trigger on, SessionState target, NextAction next)
    {
        From = from;
        Trigger = on;
        Target = target;
        Next = next;
        Goodbye = next.Reason.Bind(static reason => reason.FinalError);
    }

    /// <summary>Where the conversation stood.</summary>
    public SessionState From { get; }

    /// <summary>What befell it.</summary>
    public Trigger Trigger { get; }

    /// <summary>Where it stands then.</summary>
    public SessionState Target { get; }

    /// <summary>What the host is to do then.</summary>
    public NextAction Next { get; }

    /// <summary>The error that is the last word, where the row closes with one.</summary>
    public Option<ErrorCode> Goodbye { get; }

    internal static Transition To(SessionState from, Trigger on, SessionState target) =>
        new(from, on, target, NextAction.Read);

    internal static Transition Close(SessionState from, Trigger on, CloseReason reason) =>
        new(from, on, SessionState.Ended, NextAction.Close(reason));
}
