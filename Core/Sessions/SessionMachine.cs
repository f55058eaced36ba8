using System;
using TinyTcp.Core.Verbs;

namespace TinyTcp.Core.Sessions;

/// <summary>The protocol in one function: an event, a time and a session in; a session, bytes and what to do next out.</summary>
public static class SessionMachine
{
    /// <summary>Computes one step. Total and deterministic: the same arguments give the same result.</summary>
    /// <param name="session">The session so far.</param>
    /// <param name="event">What happened.</param>
    /// <param name="now">When, on both clocks.</param>
    /// <param name="limits">The server's limits; the same ones throughout a conversation.</param>
    /// <param name="destination">
    /// Where replies are written. With <see cref="Session.MinOutputSize"/> bytes every step makes progress; with fewer it
    /// may return Flush with nothing consumed or written. The bytes after <c>Written</c> may be overwritten.
    /// </param>
    /// <returns>The new session, how many bytes were consumed and written, and what to do next.</returns>
    /// <example>
    /// <code>
    /// var replies = new byte[Session.MinOutputSize(Limits.Default)];
    /// var now = new Now(TimeSpan.Zero, DateTimeOffset.Now);
    /// var opened = SessionMachine.Step(default, SessionEvent.Opened, now, Limits.Default, replies);
    /// // replies[..opened.Written] is the greeting.
    /// var received = SessionEvent.Received("ECHO hello\n"u8.ToArray());
    /// var step = SessionMachine.Step(opened.Session, received, now, Limits.Default, replies);
    /// // replies[..step.Written] is ECHO hello and LF; step.Next says to read more.
    /// </code>
    /// </example>
    public static StepResult Step(
        Session session,
        SessionEvent @event,
        in Now now,
        Limits limits,
        Span<byte> destination
    )
    {
        var context = new StepContext(in session, in now, limits, destination);
        return @event.Kind switch
        {
            SessionEventKind.TimerElapsed => Expire(context),
            SessionEventKind.Opened => Open(context),
            SessionEventKind.ServerFull => context.Apply(Trigger.ServerFull),
            SessionEventKind.AddressFull => context.Apply(Trigger.AddressFull),
            SessionEventKind.Received => LineProcessor.Receive(context, @event.Bytes),
            SessionEventKind.PeerFinished => context.Apply(Trigger.PeerFinished),
            SessionEventKind.SendStalled => SendStall.Begin(context),
            SessionEventKind.SendProgressed => SendStall.Progress(context),
            SessionEventKind.SendCompleted => SendStall.End(context),
            SessionEventKind.ShutdownRequested => context.Apply(Trigger.ShutdownRequested),
        };
    }

    /// <summary>Greets a new connection .</summary>
    private static StepResult Open(in StepContext context) =>
        context.Session.State == SessionState.New
            ? context.Reply(context.Unchanged, Protocol.Greeting, Trigger.Opened, consumed: 0)
            : context.Unchanged;

    /// <summary>Ends the conversation if a deadline has expired (S-5, S-6, S-12).</summary>
    private static StepResult Expire(in StepContext context)
    {
        var deadline = context.Session.Deadline(context.Limits);
        if (deadline == TimeSpan.MaxValue || context.Now.Monotonic < deadline)
        {
            return context.Unchanged;
        }

        return context.Session.StalledSince.IsSome ? context.Apply(Trigger.WriteTimedOut)
            : context.Session.IsLineTimerRunning(context.Limits) ? context.Apply(Trigger.LineTimedOut)
            : context.Apply(Trigger.IdleTimedOut);
    }
}
