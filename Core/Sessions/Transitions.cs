using System;
using System.Collections.Immutable;
using System.Linq;
using LanguageExt;
using TinyTcp.Core.Errors;

namespace TinyTcp.Core.Sessions;

/// <summary>
/// The state machine as a table: <see cref="Session"/> looks its moves up here, and protocol.md prints its diagram
/// from here. What is not listed cannot befall that phase, and changes nothing.
/// </summary>
public static class Transitions
{
    private static readonly int Signals = Enum.GetValues<Trigger>().Length;

    /// <summary>The rows.</summary>
    public static ImmutableArray<Transition> Rows { get; } =
    [
        Transition.To(SessionState.New, Trigger.Opened, SessionState.Greeted),
        Transition.Close(SessionState.New, Trigger.ServerFull, Goodbye(ErrorCode.ServerBusy)),
        Transition.Close(SessionState.New, Trigger.AddressFull, Goodbye(ErrorCode.TooManyConnections)),
        Transition.Close(SessionState.New, Trigger.ShutdownRequested, Goodbye(ErrorCode.ShuttingDown)),
        Transition.Close(SessionState.New, Trigger.PeerFinished, CloseReason.PeerFinished),
        Transition.Close(SessionState.Greeted, Trigger.TlsHello, Goodbye(ErrorCode.WrongProtocol)),
        .. BetweenLines(SessionState.Greeted),
        .. BetweenLines(SessionState.Idle),
        .. Reading(SessionState.InLine),
        Transition.Close(SessionState.InLine, Trigger.LineTimedOut, Goodbye(ErrorCode.LineTimeout)),
        Transition.Close(SessionState.InLine, Trigger.PeerFinished, Goodbye(ErrorCode.UnterminatedLine)),
        Transition.To(SessionState.DiscardingLine, Trigger.PartialLine, SessionState.DiscardingLine),
        Transition.To(SessionState.DiscardingLine, Trigger.DiscardedLineEnded, SessionState.Idle),
        .. Ending(SessionState.DiscardingLine),
        Transition.Close(SessionState.DiscardingLine, Trigger.LineTimedOut, Goodbye(ErrorCode.LineTimeout)),
        Transition.Close(SessionState.DiscardingLine, Trigger.PeerFinished, CloseReason.PeerFinished),
    ];

    private static readonly ImmutableArray<Option<Transition>> Cells =
    [
        .. from phase in Enum.GetValues<SessionState>()
        from signal in Enum.GetValues<Trigger>()
        select Listed(phase, signal),
    ];

    /// <summary>The move that a signal causes in a phase.</summary>
    /// <param name="phase">Where the conversation stands.</param>
    /// <param name="signal">What befell it.</param>
    /// <returns>The listed row, or none where the signal cannot befall the phase.</returns>
    internal static ref readonly Option<Transition> At(SessionState phase, Trigger signal) =>
        ref Cells.ItemRef(((int)phase * Signals) + (int)signal);

    private static Option<Transition> Listed(SessionState phase, Trigger signal) =>
        Rows.Where(row => row.From == phase && row.Trigger == signal).ToOption();

    private static ImmutableArray<Transition> BetweenLines(SessionState phase) =>
        [.. Reading(phase), Transition.Close(phase, Trigger.PeerFinished, CloseReason.PeerFinished)];

    private static ImmutableArray<Transition> Reading(SessionState phase) =>
        [
            Transition.To(phase, Trigger.BlankLine, SessionState.Idle),
            Transition.To(phase, Trigger.Answered, SessionState.Idle),
            Transition.To(phase, Trigger.AnsweredWithError, SessionState.Idle),
            Transition.To(phase, Trigger.PartialLine, SessionState.InLine),
            Transition.To(phase, Trigger.LineTooLong, SessionState.DiscardingLine),
            Transition.Close(phase, Trigger.Quit, CloseReason.Quit),
            Transition.Close(phase, Trigger.WrongProtocolLine, Goodbye(ErrorCode.WrongProtocol)),
            Transition.Close(phase, Trigger.ErrorsExceeded, Goodbye(ErrorCode.TooManyErrors)),
            .. Ending(phase),
        ];

    private static ImmutableArray<Transition> Ending(SessionState phase) =>
        [
            Transition.Close(phase, Trigger.IdleTimedOut, Goodbye(ErrorCode.IdleTimeout)),
            Transition.Close(phase, Trigger.WriteTimedOut, CloseReason.WriteTimeout),
            Transition.Close(phase, Trigger.ShutdownRequested, Goodbye(ErrorCode.ShuttingDown)),
        ];

    private static CloseReason Goodbye(ErrorCode error) => CloseReason.Goodbye(error);
}
