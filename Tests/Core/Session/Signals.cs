using TinyTcp.Core;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Core;

/// <summary>How a peer, the time or a host brings each signal about.</summary>
internal static class Signals
{
    /// <summary>Limits under which a signal can befall a phase: one error is too many, or no line clock runs.</summary>
    internal static Limits LimitsFor(Phase phase, Signal signal) =>
        signal switch
        {
            Signal.ErrorsExceeded => Some.With(Some.SmallLimits, "max-errors", 1),
            Signal.IdleExpired when phase is Phase.InLine or Phase.Skipping => Some.With(
                Some.SmallLimits,
                "line-timeout",
                0
            ),
            _ => Some.SmallLimits,
        };

    internal static Host Cause(Signal signal, Host host, string overlong) =>
        signal switch
        {
            Signal.Opened => host.Tell(SessionEvent.Opened),
            Signal.ServerFull => host.Tell(SessionEvent.ServerFull),
            Signal.AddressFull => host.Tell(SessionEvent.AddressFull),
            Signal.TlsHello => host.Receive("\x16"),
            Signal.BlankLine or Signal.SkippedLine => host.Receive("\n"),
            Signal.Answered => host.Receive("TIME\n"),
            Signal.Failed or Signal.ErrorsExceeded => host.Receive("?\n"),
            Signal.Quit => host.Receive("QUIT\n"),
            Signal.ForeignLine => host.Receive("GET / HTTP/1.1\n"),
            Signal.PartOfLine => host.Receive("x"),
            Signal.LimitPassed => host.Receive(overlong),
            Signal.PeerFinished => host.Tell(SessionEvent.PeerFinished),
            Signal.Stopped => host.Tell(SessionEvent.Stopped),
            Signal.WriteExpired => Late(host.Tell(SessionEvent.SendStalled)).Tell(SessionEvent.TimePassed),
            _ => Late(host).Tell(SessionEvent.TimePassed),
        };

    private static Host Late(Host host)
    {
        host.Now = Some.At(host.Now.Uptime + TimeSpan.FromDays(1));
        return host;
    }
}
