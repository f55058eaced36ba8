using System;
using LanguageExt;

namespace TinyTcp.Core.Sessions;

/// <summary>
/// What a session makes of a peer that does not take its replies (S-12): its own clock runs, and the others stand still.
/// Nothing is said meanwhile.
/// </summary>
internal static class SendStall
{
    /// <summary>Replies wait from now on.</summary>
    internal static StepResult Begin(in StepContext turn) =>
        turn.Session.Stalled.IsSome ? turn.Stay : Since(turn, turn.Session.Since, turn.Now.Monotonic);

    /// <summary>Some have been taken: the clock starts again.</summary>
    internal static StepResult Progress(in StepContext turn) =>
        turn.Session.Stalled.IsSome ? Since(turn, Resumed(turn), turn.Now.Monotonic) : turn.Stay;

    /// <summary>All have been taken: the other clocks go on from where they stood.</summary>
    internal static StepResult End(in StepContext turn) =>
        turn.Session.Stalled.IsSome ? Since(turn, Resumed(turn), Option<TimeSpan>.None) : turn.Stay;

    private static StepResult Since(in StepContext turn, TimeSpan since, Option<TimeSpan> stalled) =>
        turn.Stay with
        {
            Session = turn.Session with { Since = since, Stalled = stalled },
        };

    /// <summary>When the clock that stood still would have been started, had the wait not been.</summary>
    private static TimeSpan Resumed(in StepContext turn)
    {
        var (since, stalled, now) = (turn.Session.Since, (TimeSpan)turn.Session.Stalled, turn.Now.Monotonic);
        var begun = since < stalled ? stalled : since;
        // The sum lies between the two clocks' times, so that what overflows on the way comes back.
        return now <= begun ? since : new TimeSpan(unchecked(since.Ticks + (now.Ticks - begun.Ticks)));
    }
}
