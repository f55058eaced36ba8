using System;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;

namespace TinyTcp.Core.Sessions;

/// <summary>One event's setting: the session it befalls, when, under which limits, and where replies go.</summary>
internal readonly ref struct StepContext(
    in Session session,
    in Now now,
    Limits limits,
    Span<byte> destination
)
{
    internal readonly ref readonly Session Session = ref session;
    internal readonly ref readonly Now Now = ref now;
    internal readonly Limits Limits = limits;
    private readonly Span<byte> destination = destination;

    /// <summary>The step that changes nothing.</summary>
    internal StepResult Stay => new(Session, 0, 0, Session.Last);

    /// <summary>Greets a new connection .</summary>
    internal StepResult Open() =>
        Session.State == SessionState.New ? Say(Stay, Protocol.Greeting, Trigger.Opened, consumed: 0) : Stay;

    /// <summary>Says goodbye where a deadline is over (S-5, S-6, S-12).</summary>
    internal StepResult Expire() =>
        Session.Deadline(Limits) is var due && (due == TimeSpan.MaxValue || Now.Monotonic < due) ? Stay
        : Session.Stalled.IsSome ? Move(Stay, Trigger.WriteTimedOut)
        : Session.UnderLineClock(Limits) ? Move(Stay, Trigger.LineTimedOut)
        : Move(Stay, Trigger.IdleTimedOut);

    /// <summary>A reply and the move that goes with it; neither where there is no room for both.</summary>
    internal StepResult Say(in StepResult step, in Reply reply, Trigger signal, int consumed) =>
        Protocol.TryRender(reply, destination[step.Written..], out var written)
            ? Move(step, signal, consumed, written)
            : step with
            {
                Next = NextAction.Flush,
            };

    /// <summary>Between two lines, answers as many requests as the short way takes.</summary>
    internal (int Consumed, int Written) TakeShortcut(in StepResult step, ReadOnlySpan<byte> bytes) =>
        step.Session.State is SessionState.Greeted or SessionState.Idle
            ? Shortcut.Answer(bytes, Now.Wall, Limits.MaxLine, destination[step.Written..])
            : default;

    /// <summary>Looks the move up and makes it; what is not listed changes nothing.</summary>
    internal StepResult Move(in StepResult step, Trigger signal, int consumed = 0, int written = 0)
    {
        ref readonly var listed = ref Transitions.At(step.Session.State, signal);
        return listed.IsSome ? Make((Transition)listed, step, consumed, written) : step;
    }

    /// <summary>Makes a move and says its goodbye if it has one; no move where that has no room.</summary>
    private StepResult Make(in Transition transition, in StepResult step, int consumed, int written) =>
        TrySayGoodbye(transition, destination[(step.Written + written)..], out var goodbye)
            ? new StepResult(
                step.Session.Moved(transition, Now, Limits),
                step.Consumed + consumed,
                step.Written + written + goodbye,
                transition.Next
            )
            : step with
            {
                Next = NextAction.Flush,
            };

    private static bool TrySayGoodbye(in Transition transition, Span<byte> room, out int written)
    {
        written = 0;
        return transition.Goodbye.IsNone
            || Protocol.TryRender(Reply.Error((ErrorCode)transition.Goodbye), room, out written);
    }
}
