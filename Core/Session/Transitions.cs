using System;
using System.Collections.Immutable;
using System.Linq;
using LanguageExt;

namespace TinyTcp.Core;

/// <summary>
/// The state machine as a table: <see cref="Session"/> looks its moves up here, and protocol.md prints its diagram
/// from here. What is not listed cannot befall that phase, and changes nothing.
/// </summary>
public static class Transitions
{
    private static readonly int Signals = Enum.GetValues<Signal>().Length;

    /// <summary>The rows.</summary>
    public static ImmutableArray<Transition> Rows { get; } =
    [
        Transition.To(Phase.New, Signal.Opened, Phase.Fresh),
        Transition.Close(Phase.New, Signal.ServerFull, Goodbye(ProtocolError.ServerBusy)),
        Transition.Close(Phase.New, Signal.AddressFull, Goodbye(ProtocolError.TooManyConnections)),
        Transition.Close(Phase.New, Signal.Stopped, Goodbye(ProtocolError.ShuttingDown)),
        Transition.Close(Phase.New, Signal.PeerFinished, CloseReason.PeerFinished),
        Transition.Close(Phase.Fresh, Signal.TlsHello, Goodbye(ProtocolError.WrongProtocol)),
        .. BetweenLines(Phase.Fresh),
        .. BetweenLines(Phase.Idle),
        .. Reading(Phase.InLine),
        Transition.Close(Phase.InLine, Signal.LineExpired, Goodbye(ProtocolError.LineTimeout)),
        Transition.Close(Phase.InLine, Signal.PeerFinished, Goodbye(ProtocolError.UnterminatedLine)),
        Transition.To(Phase.Skipping, Signal.PartOfLine, Phase.Skipping),
        Transition.To(Phase.Skipping, Signal.SkippedLine, Phase.Idle),
        .. Ending(Phase.Skipping),
        Transition.Close(Phase.Skipping, Signal.LineExpired, Goodbye(ProtocolError.LineTimeout)),
        Transition.Close(Phase.Skipping, Signal.PeerFinished, CloseReason.PeerFinished),
    ];

    private static readonly ImmutableArray<Option<Transition>> Cells =
    [
        .. from phase in Enum.GetValues<Phase>()
        from signal in Enum.GetValues<Signal>()
        select Listed(phase, signal),
    ];

    /// <summary>The move that a signal causes in a phase.</summary>
    /// <param name="phase">Where the conversation stands.</param>
    /// <param name="signal">What befell it.</param>
    /// <returns>The listed row, or none where the signal cannot befall the phase.</returns>
    internal static ref readonly Option<Transition> Of(Phase phase, Signal signal) =>
        ref Cells.ItemRef(((int)phase * Signals) + (int)signal);

    private static Option<Transition> Listed(Phase phase, Signal signal) =>
        Rows.Where(row => row.From == phase && row.On == signal).ToOption();

    private static ImmutableArray<Transition> BetweenLines(Phase phase) =>
        [.. Reading(phase), Transition.Close(phase, Signal.PeerFinished, CloseReason.PeerFinished)];

    private static ImmutableArray<Transition> Reading(Phase phase) =>
        [
            Transition.To(phase, Signal.BlankLine, Phase.Idle),
            Transition.To(phase, Signal.Answered, Phase.Idle),
            Transition.To(phase, Signal.Failed, Phase.Idle),
            Transition.To(phase, Signal.PartOfLine, Phase.InLine),
            Transition.To(phase, Signal.LimitPassed, Phase.Skipping),
            Transition.Close(phase, Signal.Quit, CloseReason.Quit),
            Transition.Close(phase, Signal.ForeignLine, Goodbye(ProtocolError.WrongProtocol)),
            Transition.Close(phase, Signal.ErrorsExceeded, Goodbye(ProtocolError.TooManyErrors)),
            .. Ending(phase),
        ];

    private static ImmutableArray<Transition> Ending(Phase phase) =>
        [
            Transition.Close(phase, Signal.IdleExpired, Goodbye(ProtocolError.IdleTimeout)),
            Transition.Close(phase, Signal.WriteExpired, CloseReason.WriteTimeout),
            Transition.Close(phase, Signal.Stopped, Goodbye(ProtocolError.ShuttingDown)),
        ];

    private static CloseReason Goodbye(ProtocolError error) => CloseReason.Goodbye(error);
}
