using System;
using LanguageExt;

namespace TinyTcp.Core.Sessions;

/// <summary>
/// Backpressure: while a peer does not receive its replies, the write timer runs and the other timers pause (S-12). Nothing
/// is written meanwhile.
/// </summary>
internal static class SendStall
{
    /// <summary>Replies are pending: the write timer starts.</summary>
    internal static StepResult Begin(in StepContext context) =>
        context.Session.StalledSince.IsSome
            ? context.Unchanged
            : With(context, context.Session.TimerStarted, context.Now.Monotonic);

    /// <summary>The peer has received some: the write timer restarts.</summary>
    internal static StepResult Progress(in StepContext context) =>
        context.Session.StalledSince.IsSome
            ? With(context, TimerAfterPause(context), context.Now.Monotonic)
            : context.Unchanged;

    /// <summary>All have been sent: the other timers continue.</summary>
    internal static StepResult End(in StepContext context) =>
        context.Session.StalledSince.IsSome
            ? With(context, TimerAfterPause(context), Option<TimeSpan>.None)
            : context.Unchanged;

    private static StepResult With(in StepContext context, TimeSpan timerStarted, Option<TimeSpan> stalled) =>
        context.Unchanged with
        {
            Session = context.Session with { TimerStarted = timerStarted, StalledSince = stalled },
        };

    /// <summary>The start of the paused timer, moved by the length of the pause.</summary>
    private static TimeSpan TimerAfterPause(in StepContext context)
    {
        var (started, stalled) = (context.Session.TimerStarted, (TimeSpan)context.Session.StalledSince);
        var (paused, now) = (started < stalled ? stalled : started, context.Now.Monotonic);
        // The sum lies between the two clocks' times, so that an overflow on the way cancels out.
        return now <= paused ? started : new TimeSpan(unchecked(started.Ticks + (now.Ticks - paused.Ticks)));
    }
}
