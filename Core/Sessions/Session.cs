using System;
using LanguageExt;

namespace TinyTcp.Core.Sessions;

/// <summary>
/// The server's side of one conversation, as a value: a few bytes that say where it stands (protocol.md, "States").
/// It holds no buffer, no socket and no clock. <c>default(Session)</c> is a new one.
/// </summary>
public readonly record struct Session
{
    /// <summary>Where the conversation stands.</summary>
    public SessionState State { get; internal init; }

    /// <summary>How many requests in a row were answered by an error (S-7).</summary>
    public int Errors { get; internal init; }

    /// <summary>How many bytes of the unfinished line are known to hold no LF.</summary>
    internal int Scanned { get; init; }

    /// <summary>How many bytes have been thrown away since the last word (S-3).</summary>
    internal int Discarded { get; init; }

    /// <summary>When the clock that now runs was started, on the monotonic clock.</summary>
    internal TimeSpan Since { get; init; }

    /// <summary>Since when the peer has taken nothing of what waits for it; none where nothing waits (S-12).</summary>
    internal Option<TimeSpan> Stalled { get; init; }

    /// <summary>What the host was last told to do.</summary>
    internal NextAction Last { get; init; }

    /// <summary>Whether lines are answered: from the greeting to the last word.</summary>
    internal bool Listens => State is not (SessionState.New or SessionState.Ended);

    /// <summary>
    /// The protocol in one function: what happened, and when, to the new session and what is to be sent. Total and
    /// deterministic: the same arguments give the same step, always.
    /// </summary>
    /// <param name="session">The session so far.</param>
    /// <param name="happened">What happened.</param>
    /// <param name="now">When, on both clocks.</param>
    /// <param name="limits">The server's limits; the same ones throughout a conversation.</param>
    /// <param name="destination">
    /// Where replies are written. With <see cref="MinOutputSize"/> bytes every step gets on; with less it may say Flush
    /// and have done nothing. What follows the bytes written is left undefined.
    /// </param>
    /// <returns>The new session, how many bytes were consumed and written, and what to do next.</returns>
    public static StepResult Step(
        Session session,
        SessionEvent happened,
        in Now now,
        Limits limits,
        Span<byte> destination
    ) =>
        happened.Match(
            context: new StepContext(in session, in now, limits, destination),
            timePassed: static turn => turn.Expire(),
            opened: static turn => turn.Open(),
            serverFull: static turn => turn.Move(turn.Stay, Trigger.ServerFull),
            addressFull: static turn => turn.Move(turn.Stay, Trigger.AddressFull),
            received: static (turn, bytes) => LineProcessor.Receive(turn, bytes),
            peerFinished: static turn => turn.Move(turn.Stay, Trigger.PeerFinished),
            sendStalled: static turn => SendStall.Begin(turn),
            sendProgressed: static turn => SendStall.Progress(turn),
            sendCompleted: static turn => SendStall.End(turn),
            stopped: static turn => turn.Move(turn.Stay, Trigger.ShutdownRequested)
        );

    /// <summary>How large a destination has to be so that every step gets on, in bytes.</summary>
    /// <param name="limits">The server's limits.</param>
    /// <returns>Room for the longest reply and a goodbye.</returns>
    // An ECHO is as long as its line at most; every other reply, and the goodbye after any, is far shorter than 256.
    public static int MinOutputSize(Limits limits) => limits.MaxLine + 256;

    /// <summary>
    /// When <see cref="SessionEvent.TimerElapsed"/> is due, on the monotonic clock (S-5, S-6, S-12). Once the conversation
    /// is over: when the host need not wait any longer, whatever has not been sent or received (S-3).
    /// </summary>
    /// <param name="limits">The server's limits.</param>
    /// <returns>The time, or <see cref="TimeSpan.MaxValue"/> where nothing can expire.</returns>
    public TimeSpan Deadline(Limits limits) =>
        Stalled.IsSome ? After((TimeSpan)Stalled, limits.WriteTimeout)
        : Listens ? After(Since, UnderLineClock(limits) ? limits.LineTimeout : limits.IdleTimeout)
        : State == SessionState.New ? TimeSpan.MaxValue
        : Discarded > Linger.Bytes ? Since
        : After(Since, Linger.Time);

    /// <summary>
    /// When a host that stops is to say so by <see cref="SessionEvent.ShutdownRequested"/> (S-9): once the client has been quiet
    /// for a moment, and soon in any case.
    /// </summary>
    /// <param name="asked">When the host was asked to stop, on the monotonic clock.</param>
    /// <returns>The time; it moves on while the client talks.</returns>
    public TimeSpan ShutdownDeadline(TimeSpan asked)
    {
        var (quiet, last) = (After(Since, Farewell.Quiet), After(asked, Farewell.Longest));
        return quiet <= asked ? asked
            : quiet < last ? quiet
            : last;
    }

    /// <summary>Which of the two clocks runs: the line's, inside a line, unless it is turned off.</summary>
    internal bool UnderLineClock(Limits limits) => IsInsideLine(State) && limits.LineTimeout > TimeSpan.Zero;

    /// <summary>The session after a move: its clock starts again unless the same line goes on under the line's.</summary>
    internal Session Moved(in Transition transition, in Now now, Limits limits) =>
        this with
        {
            State = transition.Target,
            Last = transition.Next,
            Scanned = 0,
            Errors = ErrorsAfter(transition.Trigger),
            Since = IsInsideLine(transition.Target) && UnderLineClock(limits) ? Since : now.Monotonic,
        };

    private static TimeSpan After(TimeSpan start, TimeSpan timeout) =>
        timeout == TimeSpan.Zero || start > TimeSpan.MaxValue - timeout ? TimeSpan.MaxValue : start + timeout;

    private static bool IsInsideLine(SessionState phase) =>
        phase is SessionState.InLine or SessionState.DiscardingLine;

    private int ErrorsAfter(Trigger signal) =>
        signal is Trigger.AnsweredWithError or Trigger.LineTooLong or Trigger.ErrorsExceeded
            ? Math.Min(Errors, int.MaxValue - 1) + 1
        : signal is Trigger.Answered ? 0
        : Errors;
}
