using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>How a peer, the time or a host causes each trigger.</summary>
internal static class Triggers
{
    /// <summary>Limits under which a trigger can occur in a state: one error is too many, or no line timer runs.</summary>
    internal static Limits LimitsFor(SessionState state, Trigger trigger) =>
        trigger switch
        {
            Trigger.ErrorsExceeded => Some.With(Some.SmallLimits, "max-errors", 1),
            Trigger.IdleTimedOut when state is SessionState.InLine or SessionState.DiscardingLine =>
                Some.With(Some.SmallLimits, "line-timeout", 0),
            _ => Some.SmallLimits,
        };

    internal static Host Cause(Trigger trigger, Host host, string overlong) =>
        trigger switch
        {
            Trigger.Opened => host.Tell(SessionEvent.Opened),
            Trigger.ServerFull => host.Tell(SessionEvent.ServerFull),
            Trigger.AddressFull => host.Tell(SessionEvent.AddressFull),
            Trigger.TlsHello => host.Receive("\x16"),
            Trigger.BlankLine or Trigger.DiscardedLineEnded => host.Receive("\n"),
            Trigger.Answered => host.Receive("TIME\n"),
            Trigger.AnsweredWithError or Trigger.ErrorsExceeded => host.Receive("?\n"),
            Trigger.Quit => host.Receive("QUIT\n"),
            Trigger.WrongProtocolLine => host.Receive("GET / HTTP/1.1\n"),
            Trigger.PartialLine => host.Receive("x"),
            Trigger.LineTooLong => host.Receive(overlong),
            Trigger.PeerFinished => host.Tell(SessionEvent.PeerFinished),
            Trigger.ShutdownRequested => host.Tell(SessionEvent.ShutdownRequested),
            Trigger.WriteTimedOut => Late(host.Tell(SessionEvent.SendStalled))
                .Tell(SessionEvent.TimerElapsed),
            _ => Late(host).Tell(SessionEvent.TimerElapsed),
        };

    private static Host Late(Host host)
    {
        host.Now = Some.At(host.Now.Monotonic + TimeSpan.FromDays(1));
        return host;
    }
}
