using System;

namespace TinyTcp.Core;

/// <summary>One event's setting: the session it befalls, when, under which limits, and where replies go.</summary>
internal readonly ref struct Turn(in Session session, in Now now, Limits limits, Span<byte> destination)
{
    internal readonly ref readonly Session Session = ref session;
    internal readonly ref readonly Now Now = ref now;
    internal readonly Limits Limits = limits;
    private readonly Span<byte> destination = destination;

    /// <summary>The step that changes nothing.</summary>
    internal Step Stay => new(Session, 0, 0, Session.Last);

    /// <summary>Greets a new connection .</summary>
    internal Step Open() =>
        Session.Phase == Phase.New ? Say(Stay, Protocol.Greeting, Signal.Opened, consumed: 0) : Stay;

    /// <summary>Says goodbye where a deadline is over (S-5, S-6, S-12).</summary>
    internal Step Expire() =>
        Session.Deadline(Limits) is var due && (due == TimeSpan.MaxValue || Now.Uptime < due) ? Stay
        : Session.Stalled.IsSome ? Move(Stay, Signal.WriteExpired)
        : Session.UnderLineClock(Limits) ? Move(Stay, Signal.LineExpired)
        : Move(Stay, Signal.IdleExpired);

    /// <summary>A reply and the move that goes with it; neither where there is no room for both.</summary>
    internal Step Say(in Step step, in Reply reply, Signal signal, int consumed) =>
        Protocol.TryRender(reply, destination[step.Written..], out var written)
            ? Move(step, signal, consumed, written)
            : step with
            {
                Next = Next.Flush,
            };

    /// <summary>Between two lines, answers as many requests as the short way takes.</summary>
    internal (int Consumed, int Written) TakeShortcut(in Step step, ReadOnlySpan<byte> bytes) =>
        step.Session.Phase is Phase.Fresh or Phase.Idle
            ? Shortcut.Answer(bytes, Now.Wall, Limits.MaxLine, destination[step.Written..])
            : default;

    /// <summary>Looks the move up and makes it; what is not listed changes nothing.</summary>
    internal Step Move(in Step step, Signal signal, int consumed = 0, int written = 0)
    {
        ref readonly var listed = ref Transitions.Of(step.Session.Phase, signal);
        return listed.IsSome ? Make((Transition)listed, step, consumed, written) : step;
    }

    /// <summary>Makes a move and says its goodbye if it has one; no move where that has no room.</summary>
    private Step Make(in Transition transition, in Step step, int consumed, int written) =>
        TrySayGoodbye(transition, destination[(step.Written + written)..], out var goodbye)
            ? new Step(
                step.Session.Moved(transition, Now, Limits),
                step.Consumed + consumed,
                step.Written + written + goodbye,
                transition.Next
            )
            : step with
            {
                Next = Next.Flush,
            };

    private static bool TrySayGoodbye(in Transition transition, Span<byte> room, out int written)
    {
        written = 0;
        return transition.Goodbye.IsNone
            || Protocol.TryRender(Reply.Error((ProtocolError)transition.Goodbye), room, out written);
    }
}
