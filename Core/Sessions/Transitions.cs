using System;
using System.Collections.Immutable;
using System.Linq;
using LanguageExt;
using TinyTcp.Core.Errors;

namespace TinyTcp.Core.Sessions;

/// <summary>
/// The state machine as a table: a session's step follows it, and protocol.md's diagram is printed from it. A trigger that
/// is not listed for a state changes nothing.
/// </summary>
public static class Transitions
{
    private static readonly int Triggers = Enum.GetValues<Trigger>().Length;

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
        .. from state in Enum.GetValues<SessionState>()
        from trigger in Enum.GetValues<Trigger>()
        select Find(state, trigger),
    ];

    /// <summary>Finds the transition of a state and a trigger.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="trigger">What happened.</param>
    /// <returns>The row, or none if the trigger is not listed for the state.</returns>
    internal static ref readonly Option<Transition> At(SessionState state, Trigger trigger) =>
        ref Cells.ItemRef(((int)state * Triggers) + (int)trigger);

    private static Option<Transition> Find(SessionState state, Trigger trigger) =>
        Rows.Where(row => row.From == state && row.Trigger == trigger).ToOption();

    private static ImmutableArray<Transition> BetweenLines(SessionState state) =>
        [.. Reading(state), Transition.Close(state, Trigger.PeerFinished, CloseReason.PeerFinished)];

    private static ImmutableArray<Transition> Reading(SessionState state) =>
        [
            Transition.To(state, Trigger.BlankLine, SessionState.Idle),
            Transition.To(state, Trigger.Answered, SessionState.Idle),
            Transition.To(state, Trigger.AnsweredWithError, SessionState.Idle),
            Transition.To(state, Trigger.PartialLine, SessionState.InLine),
            Transition.To(state, Trigger.LineTooLong, SessionState.DiscardingLine),
            Transition.Close(state, Trigger.Quit, CloseReason.Quit),
            Transition.Close(state, Trigger.WrongProtocolLine, Goodbye(ErrorCode.WrongProtocol)),
            Transition.Close(state, Trigger.ErrorsExceeded, Goodbye(ErrorCode.TooManyErrors)),
            .. Ending(state),
        ];

    private static ImmutableArray<Transition> Ending(SessionState state) =>
        [
            Transition.Close(state, Trigger.IdleTimedOut, Goodbye(ErrorCode.IdleTimeout)),
            Transition.Close(state, Trigger.WriteTimedOut, CloseReason.WriteTimeout),
            Transition.Close(state, Trigger.ShutdownRequested, Goodbye(ErrorCode.ShuttingDown)),
        ];

    private static CloseReason Goodbye(ErrorCode error) => CloseReason.Goodbye(error);
}
