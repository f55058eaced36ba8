using System.Collections.Immutable;
using LanguageExt;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Shell;

/// <summary>What follows from something that happened: how the shell stands then, and what it is to do.</summary>
internal readonly record struct ShellTransition(ShellState Next, ImmutableList<ShellEffect> Effects)
{
    /// <summary>Lets something more happen.</summary>
    internal ShellTransition Then(Func<ShellState, ShellTransition> next)
    {
        var turn = next(Next);
        return new(turn.Next, Effects.AddRange(turn.Effects));
    }
}

/// <summary>
/// The shell as a value: a function for each thing that can happen. One line is asked at a time; what is typed or pasted
/// meanwhile waits its turn.
/// </summary>
/// <param name="Editor">The line that is being typed.</param>
internal sealed record ShellState(Editor Editor)
{
    /// <summary>How one finds one's way.</summary>
    internal const string HelpHint = "HELP lists the commands, Tab completes one. QUIT or Ctrl-D leaves.";

    internal const string ReconnectedNotice = "Connected again.";
    internal const string ReconnectHint = "The next line connects again.";
    internal const string CancelledNotice = "Given up. A reply that still comes is shown.";
    internal const string LateReplyNotice = "That is the reply to what was given up.";
    internal const string QuitHint = "QUIT or Ctrl-D leaves.";

    /// <summary>The number of the request that is waited for; those before it are of no interest any more.</summary>
    internal int RequestNumber { get; private init; }

    /// <summary>Whether a line was asked, and keys wait.</summary>
    internal bool IsAwaitingReply { get; private init; }

    /// <summary>Whether it has ended: then nothing happens any more.</summary>
    internal bool HasExited { get; private init; }

    /// <summary>The keys that were pressed meanwhile.</summary>
    private ImmutableQueue<EditorAction> TypeAhead { get; init; } = [];

    private bool WasConnected { get; init; }

    private bool IsConnected { get; init; }

    /// <summary>How many replies the server owes, those that were given up among them.</summary>
    private int PendingReplies { get; init; }

    /// <summary>Why the last connection is over.</summary>
    private Option<ClientError> DisconnectError { get; init; }

    private bool HasQuit =>
        DisconnectError.Exists(static why => why is ClientError.ClientClosed { By: ClosedBy.Quit });

    /// <summary>A key was pressed.</summary>
    internal ShellTransition OnAction(EditorAction action) =>
        HasExited ? Emit()
        : !IsAwaitingReply ? ApplyToEditor(action)
        : action == EditorAction.Suspend ? Emit(ShellEffect.Suspend)
        : action == EditorAction.Interrupt
            ? (this with { IsAwaitingReply = false, TypeAhead = [] }).Emit(
                ShellEffect.CancelRequest,
                ShellEffect.PrintNotice(CancelledNotice)
            )
        : (this with { TypeAhead = TypeAhead.Enqueue(action) }).Emit();

    /// <summary>The server said a line.</summary>
    internal ShellTransition OnLine(ByteString line)
    {
        var isLate = IsConnected && PendingReplies > (IsAwaitingReply ? 1 : 0);
        var next = this with { PendingReplies = Math.Max(0, PendingReplies - 1) };
        return isLate
            ? next.Emit(ShellEffect.PrintReply(line), ShellEffect.PrintNotice(LateReplyNotice))
            : next.Emit(ShellEffect.PrintReply(line));
    }

    /// <summary>A connection was greeted.</summary>
    internal ShellTransition OnConnected() =>
        (
            this with
            {
                IsConnected = true,
                WasConnected = true,
                PendingReplies = IsAwaitingReply ? 1 : 0,
            }
        ).Emit(WasConnected ? ShellEffect.PrintNotice(ReconnectedNotice) : ShellEffect.PrintHint(HelpHint));

    /// <summary>A connection is over.</summary>
    internal ShellTransition OnDisconnected(ClientError error)
    {
        var next = this with { IsConnected = false, PendingReplies = 0, DisconnectError = error };
        return error is ClientError.ClientClosed
            ? next.HasQuit && !IsAwaitingReply
                ? next.Exit()
                : next.Emit()
            : next.Emit(ShellEffect.PrintError($"{error.Message} {ReconnectHint}"));
    }

    /// <summary>A request has its answer, or none.</summary>
    /// <param name="request">The request's number.</param>
    /// <param name="result">The reply, which was heard already, or what came of it.</param>
    internal ShellTransition OnResult(int request, Either<ClientError, string> result)
    {
        if (!IsAwaitingReply || request != RequestNumber)
        {
            return Emit();
        }

        // Replies come in order: with this one, or without a connection, nothing is owed any more.
        var next = this with
        {
            IsAwaitingReply = false,
            PendingReplies = 0,
        };
        return HasQuit
            ? next.Exit()
            : result
                .Match(Left: next.ExplainError, Right: _ => next.Emit())
                .Then(static dialogue => dialogue.ApplyTypeAhead());
    }

    /// <summary>Presses the keys that waited, up to one that asks a line.</summary>
    private ShellTransition ApplyTypeAhead()
    {
        var turn = Emit();
        while (turn.Next is { IsAwaitingReply: false, HasExited: false, TypeAhead.IsEmpty: false })
        {
            turn = turn.Then(static dialogue =>
                (dialogue with { TypeAhead = dialogue.TypeAhead.Dequeue(out var key) }).OnAction(key)
            );
        }

        return turn;
    }

    /// <summary>Why there was no reply, unless that was told already.</summary>
    private ShellTransition ExplainError(ClientError error) =>
        DisconnectError.Exists(why => why == error) ? Emit()
        : error is ClientError.ErrorReply { Error: var known }
            ? Emit(
                ShellEffect.PrintHint(
                    known.Map(static row => $"{row.Description} {row.Advice}").IfNone(() => error.Message)
                )
            )
        : Emit(ShellEffect.PrintError(error.Message));

    private ShellTransition ApplyToEditor(EditorAction action)
    {
        var (editor, effect) = Editor.Apply(action);
        var next = this with { Editor = editor };
        return effect.Match(
            none: () => next.Emit(),
            accepted: line => next.Submit(line, isNew: editor.History != Editor.History),
            interrupted: next.ClearLine,
            exit: next.Exit,
            clearScreen: () => next.Emit(ShellEffect.ClearScreen),
            suspend: () => next.Emit(ShellEffect.Suspend),
            bell: () => next.Emit(ShellEffect.Bell)
        );
    }

    private ShellTransition Submit(LineBuffer line, bool isNew)
    {
        var finished = Emit(ShellEffect.FinishLine(line, ""));
        return Grammar.IsBlank(line.Text) ? finished
            : !IsConnected && IsQuit(line.Text) ? finished.Then(static dialogue => dialogue.Exit())
            : finished
                .Then(dialogue =>
                    isNew ? dialogue.Emit(ShellEffect.SaveToHistory(line.Text)) : dialogue.Emit()
                )
                .Then(dialogue =>
                    (
                        dialogue with
                        {
                            RequestNumber = RequestNumber + 1,
                            IsAwaitingReply = true,
                            PendingReplies = PendingReplies + 1,
                            DisconnectError = default,
                        }
                    ).Emit(ShellEffect.SendRequest(line.Text))
                );
    }

    private ShellTransition ClearLine(LineBuffer line) =>
        line.Text.Length > 0
            ? Emit(ShellEffect.FinishLine(line, "^C"))
            : Emit(ShellEffect.FinishLine(line, "^C"), ShellEffect.PrintHint(QuitHint));

    private ShellTransition Exit() => (this with { HasExited = true }).Emit();

    private ShellTransition Emit(params ReadOnlySpan<ShellEffect> effects) => new(this, [.. effects]);

    /// <summary>Whether a line asks for the end.</summary>
    internal static bool IsQuit(string line) =>
        Protocol.Parse(line).Exists(static command => command == Command.Quit);
}
