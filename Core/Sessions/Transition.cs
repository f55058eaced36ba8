using LanguageExt;
using TinyTcp.Core.Errors;

namespace TinyTcp.Core.Sessions;

/// <summary>One row of the state machine. <c>default(Transition)</c> opens a new session and leaves it new.</summary>
public readonly record struct Transition
{
    private Transition(SessionState from, Trigger trigger, SessionState target, NextAction next)
    {
        From = from;
        Trigger = trigger;
        Target = target;
        Next = next;
        Goodbye = next.Reason.Bind(static reason => reason.FinalError);
    }

    /// <summary>The state before.</summary>
    public SessionState From { get; }

    /// <summary>What causes the transition.</summary>
    public Trigger Trigger { get; }

    /// <summary>The state after.</summary>
    public SessionState Target { get; }

    /// <summary>What the host does then.</summary>
    public NextAction Next { get; }

    /// <summary>The error code of the goodbye that it sends; none if it sends none.</summary>
    public Option<ErrorCode> Goodbye { get; }

    internal static Transition To(SessionState from, Trigger trigger, SessionState target) =>
        new(from, trigger, target, NextAction.Read);

    internal static Transition Close(SessionState from, Trigger trigger, CloseReason reason) =>
        new(from, trigger, SessionState.Ended, NextAction.Close(reason));
}
