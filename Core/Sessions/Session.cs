using System;
using LanguageExt;

namespace TinyTcp.Core.Sessions;

/// <summary>
/// The server's side of one conversation, as a value of a few dozen bytes (protocol.md, "States"). It holds no buffer, no
/// socket and no clock; <see cref="SessionMachine"/> computes the next one. <c>default(Session)</c> is a new one.
/// </summary>
public readonly record struct Session
{
    // S-3: once it has received the final reply the peer may send this long, and in all this much, until it finishes too.
    // Closing earlier would send a reset, which can overtake the final reply.
    internal static readonly TimeSpan LingerTime = TimeSpan.FromSeconds(1);
    internal const long LingerBytes = 64 * 1024 * 1024;

    // S-9: a host that shuts down waits until a client has been quiet for a moment, but not for long.
    internal static readonly TimeSpan ShutdownQuietPeriod = TimeSpan.FromMilliseconds(100);
    internal static readonly TimeSpan MaxShutdownDelay = TimeSpan.FromSeconds(1);

    // An ECHO is at most as long as its line; every other reply, and a goodbye after any, is far shorter than this.
    private const int LongestFixedReplies = 256;

    /// <summary>The state of the conversation.</summary>
    public SessionState State { get; internal init; }

    /// <summary>The number of requests in a row that were answered with an error (S-7).</summary>
    public int Errors { get; internal init; }

    /// <summary>How many bytes of the unfinished line are known to contain no LF.</summary>
    internal int Scanned { get; init; }

    /// <summary>How many bytes have been discarded since the final reply (S-3).</summary>
    internal int Discarded { get; init; }

    /// <summary>When the running timer was started, on the monotonic clock.</summary>
    internal TimeSpan TimerStarted { get; init; }

    /// <summary>Since when the peer has received none of its pending replies; none if no replies are pending (S-12).</summary>
    internal Option<TimeSpan> StalledSince { get; init; }

    /// <summary>What the host does next, as of the last transition.</summary>
    internal NextAction Next { get; init; }

    /// <summary>Whether lines are answered: after the greeting, and before the final reply.</summary>
    internal bool IsActive => State is not (SessionState.New or SessionState.Ended);

    /// <summary>Whether the next byte begins a line.</summary>
    internal bool IsBetweenLines => State is SessionState.Greeted or SessionState.Idle;

    /// <summary>Whether another answered request changes nothing: the state is as the one before left it.</summary>
    internal bool IsIdleSince(TimeSpan now) =>
        State == SessionState.Idle && Errors == 0 && Scanned == 0 && TimerStarted == now;

    /// <summary>The size of destination that lets every step make progress, in bytes.</summary>
    /// <param name="limits">The server's limits.</param>
    /// <returns>Enough for the longest reply and a goodbye.</returns>
    public static int MinOutputSize(Limits limits) => limits.MaxLine + LongestFixedReplies;

    /// <summary>
    /// When <see cref="SessionEvent.TimerElapsed"/> is due, on the monotonic clock (S-5, S-6, S-12). After the end of the
    /// conversation: when the host closes, whatever has not been sent or received (S-3).
    /// </summary>
    /// <param name="limits">The server's limits.</param>
    /// <returns>The time, or <see cref="TimeSpan.MaxValue"/> if no timer runs.</returns>
    public TimeSpan Deadline(Limits limits) =>
        Discarded > LingerBytes ? TimerStarted
        : StalledSince.IsSome ? Add((TimeSpan)StalledSince, limits.WriteTimeout)
        : IsActive ? Add(TimerStarted, IsLineTimerRunning(limits) ? limits.LineTimeout : limits.IdleTimeout)
        : State == SessionState.New ? TimeSpan.MaxValue
        : Add(TimerStarted, LingerTime);

    /// <summary>
    /// When a host that shuts down sends <see cref="SessionEvent.ShutdownRequested"/> (S-9): once the client has been quiet
    /// for 100 ms, and at the latest after 1 s.
    /// </summary>
    /// <param name="requested">When the shutdown was requested, on the monotonic clock.</param>
    /// <returns>The time; it moves while the client sends.</returns>
    public TimeSpan ShutdownDeadline(TimeSpan requested)
    {
        var (quiet, last) = (Add(TimerStarted, ShutdownQuietPeriod), Add(requested, MaxShutdownDelay));
        return quiet <= requested ? requested
            : quiet < last ? quiet
            : last;
    }

    /// <summary>Whether the line timer runs, not the idle timer: inside a line, unless it is turned off.</summary>
    internal bool IsLineTimerRunning(Limits limits) =>
        IsInsideLine(State) && limits.LineTimeout > TimeSpan.Zero;

    /// <summary>The session after a transition. Its timer restarts, except inside a line whose timer runs.</summary>
    internal Session After(in Transition transition, TimeSpan now, Limits limits) =>
        this with
        {
            State = transition.Target,
            Next = transition.Next,
            Scanned = 0,
            Errors = ErrorsAfter(transition.Trigger),
            TimerStarted = IsInsideLine(transition.Target) && IsLineTimerRunning(limits) ? TimerStarted : now,
        };

    private static TimeSpan Add(TimeSpan start, TimeSpan timeout) =>
        timeout == TimeSpan.Zero || start > TimeSpan.MaxValue - timeout ? TimeSpan.MaxValue : start + timeout;

    private static bool IsInsideLine(SessionState state) =>
        state is SessionState.InLine or SessionState.DiscardingLine;

    private int ErrorsAfter(Trigger trigger) =>
        trigger is Trigger.AnsweredWithError or Trigger.LineTooLong or Trigger.ErrorsExceeded
            ? Math.Min(Errors, int.MaxValue - 1) + 1
        : trigger is Trigger.Answered ? 0
        : Errors;
}
