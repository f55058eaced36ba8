using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>Causes each trigger through a host.</summary>
internal static class Triggers
{
    /// <summary>Limits under which a trigger can occur in a state: an error limit of one, or no line timer.</summary>
    internal static Limits LimitsFor(SessionState state, Trigger trigger) =>
        (trigger, state) is (Trigger.IdleTimedOut, SessionState.InLine or SessionState.DiscardingLine)
            ? TestValues.With(TestValues.SmallLimits, "line-timeout", 0)
        : trigger is Trigger.ErrorsExceeded ? TestValues.With(TestValues.SmallLimits, "max-errors", 1)
        : TestValues.SmallLimits;

    internal static Host Cause(Trigger trigger, Host host, string overlong) =>
        trigger switch
        {
            Trigger.Opened => host.Handle(SessionEvent.Opened),
            Trigger.ServerFull => host.Handle(SessionEvent.ServerFull),
            Trigger.AddressFull => host.Handle(SessionEvent.AddressFull),
            Trigger.TlsHello => host.Receive("\x16"),
            Trigger.BlankLine or Trigger.DiscardedLineEnded => host.Receive("\n"),
            Trigger.Answered => host.Receive("TIME\n"),
            Trigger.AnsweredWithError or Trigger.ErrorsExceeded => host.Receive("?\n"),
            Trigger.Quit => host.Receive("QUIT\n"),
            Trigger.WrongProtocolLine => host.Receive("GET / HTTP/1.1\n"),
            Trigger.PartialLine => host.Receive("x"),
            Trigger.LineTooLong => host.Receive(overlong),
            Trigger.PeerFinished => host.Handle(SessionEvent.PeerFinished),
            Trigger.ShutdownRequested => host.Handle(SessionEvent.ShutdownRequested),
            Trigger.WriteTimedOut => AfterOneDay(host.Handle(SessionEvent.SendStalled))
                .Handle(SessionEvent.TimerElapsed),
            Trigger.LineTimedOut or Trigger.IdleTimedOut => AfterOneDay(host)
                .Handle(SessionEvent.TimerElapsed),
        };

    private static Host AfterOneDay(Host host)
    {
        host.Now = TestValues.At(host.Now.Monotonic + TimeSpan.FromDays(1));
        return host;
    }
}
