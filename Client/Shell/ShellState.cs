using System.Collections.Immutable;
using LanguageExt;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Shell;

/// <summary>
/// The shell as a value: an event gives the next state and its effects. One request is sent at a time; keys that are
/// typed or pasted before its reply wait.
/// </summary>
/// <param name="Editor">The line being typed.</param>
internal sealed record ShellState(Editor Editor)
{
    internal const string HelpHint =
        "HELP lists the commands. Tab completes a command. QUIT or Ctrl-D exits.";
    internal const string ReconnectedNotice = "Connected again.";
    internal const string ReconnectHint = "The next line reconnects.";
    internal const string CancelledNotice = "Cancelled.";
    internal const string SentNotice = "Cancelled. A late reply will still be shown.";
    internal const string LateReplyNotice = "Late reply to the cancelled request.";
    internal const string ExitWord = "exit";
    internal const string QuitHint = "QUIT or Ctrl-D exits.";

    /// <summary>The effects of the last event.</summary>
    internal ImmutableList<ShellEffect> Effects { get; private init; } = [];

    /// <summary>The number of the last request.</summary>
    internal int RequestNumber { get; private init; }

    internal bool IsAwaitingReply { get; private init; }

    internal bool HasExited { get; private init; }

    /// <summary>Whether the shell exited because its terminal was closed.</summary>
    internal bool HasHungUp { get; private init; }

    /// <summary>The actions that wait for the reply.</summary>
    private ImmutableQueue<EditorAction> TypeAhead { get; init; } = [];

    private bool WasConnected { get; init; }

    private bool IsConnected { get; init; }

    /// <summary>When the request that awaits its reply was sent; before, it waits for a connection.</summary>
    private Option<TimeSpan> SentAt { get; init; }

    /// <summary>The cancelled requests that were sent. Replies come in order: theirs are the next.</summary>
    private int LateReplies { get; init; }

    private Option<ClientError> DisconnectError { get; init; }

    private bool HasQuit =>
        DisconnectError.Exists(static error => error is ClientError.ClientClosed { By: ClosedBy.Quit });

    internal ShellState Update(ShellEvent happened)
    {
        var state = this with { Effects = [] };
        return happened switch
        {
            ShellEvent.KeyPressed key => state.OnAction(key.Action),
            ShellEvent.LineSent sent => state.OnLineSent(sent.At),
            ShellEvent.LineReceived received => state.OnLine(received.Line, received.At),
            ShellEvent.Continued => state.Emit(new ShellEffect.SetModes()),
            ShellEvent.Connected => state.OnConnected(),
            ShellEvent.Disconnected disconnected => state.OnDisconnected(disconnected.Error),
            ShellEvent.RequestCompleted completed
                when IsAwaitingReply && completed.RequestNumber == RequestNumber => state.OnResult(
                completed.Result
            ),
            _ => state,
        };
    }

    /// <summary>The request of a line: exit is QUIT, as in other shells.</summary>
    internal static string RequestOf(string line) =>
        line.Trim().Equals(ExitWord, StringComparison.OrdinalIgnoreCase) ? CommandTable.Quit.Verb : line;

    /// <summary>Whether a line is the command QUIT.</summary>
    internal static bool IsQuit(string line) =>
        Protocol.Parse(line).Exists(static command => command == Command.Quit);

    private ShellState OnAction(EditorAction action) =>
        (IsAwaitingReply, action) switch
        {
            _ when HasExited => this,
            (false, _) => ApplyToEditor(action),
            (true, EditorAction.Suspend) => Emit(new ShellEffect.Suspend()),
            (true, EditorAction.Interrupt) => CancelRequest(),
            _ => this with { TypeAhead = TypeAhead.Enqueue(action) },
        };

    private ShellState CancelRequest() =>
        (
            this with
            {
                IsAwaitingReply = false,
                SentAt = default,
                LateReplies = LateReplies + (SentAt.IsSome ? 1 : 0),
                TypeAhead = [],
            }
        )
            .Emit(new ShellEffect.CancelRequest())
            .Print(Theme.Notice, SentAt.IsSome ? SentNotice : CancelledNotice);

    // A request that was cancelled at the same time has been sent nevertheless.
    private ShellState OnLineSent(TimeSpan at) =>
        IsAwaitingReply && SentAt.IsNone
            ? this with
            {
                SentAt = at,
            }
            : this with
            {
                LateReplies = LateReplies + 1,
            };

    private ShellState OnLine(ByteString line, TimeSpan at)
    {
        var isReply = LateReplies == 0 && SentAt.IsSome && !IsGoodbye(line);
        var latency = SentAt.Filter(_ => isReply).Map(sentAt => at - sentAt);
        var next = (
            this with
            {
                LateReplies = Math.Max(0, LateReplies - 1),
                SentAt = isReply ? default : SentAt,
            }
        ).Emit(new ShellEffect.PrintReply(line, latency));
        return LateReplies > 0 ? next.Print(Theme.Notice, LateReplyNotice) : next;
    }

    private static bool IsGoodbye(ByteString line) =>
        Protocol
            .Read(line.Memory)
            .Exists(static reply => reply.AsError.Exists(static code => code.EndsConnection));

    private ShellState OnConnected()
    {
        var next = this with { IsConnected = true, WasConnected = true };
        return WasConnected ? next.Print(Theme.Notice, ReconnectedNotice) : next.Print(Theme.Hint, HelpHint);
    }

    private ShellState OnDisconnected(ClientError error)
    {
        var next = this with
        {
            IsConnected = false,
            SentAt = default,
            LateReplies = 0,
            DisconnectError = error,
        };
        return error switch
        {
            ClientError.ClientClosed { By: ClosedBy.Quit } => next with { HasExited = !IsAwaitingReply },
            ClientError.ClientClosed => next.Print(Theme.Error, error.Message),
            _ => next.Print(Theme.Error, $"{error.Message} {ReconnectHint}"),
        };
    }

    private ShellState OnResult(Either<ClientError, string> result)
    {
        var next = this with { IsAwaitingReply = false, SentAt = default };
        return HasQuit
            ? next.Exit()
            : result.Match(Left: next.ExplainError, Right: _ => next).ApplyTypeAhead();
    }

    private ShellState ApplyTypeAhead()
    {
        var state = this;
        while (state is { IsAwaitingReply: false, HasExited: false, TypeAhead.IsEmpty: false })
        {
            state = (state with { TypeAhead = state.TypeAhead.Dequeue(out var action) }).OnAction(action);
        }

        return state;
    }

    /// <summary>Prints why there was no reply, unless the disconnect did, or what an error reply means.</summary>
    private ShellState ExplainError(ClientError error) =>
        error switch
        {
            _ when DisconnectError.Exists(known => known == error) => this,
            ClientError.ErrorReply reply => Print(
                Theme.Hint,
                reply
                    .Error.Map(static code => $"{code.Description} {code.Advice}")
                    .IfNone(() => error.Message)
            ),
            _ => Print(Theme.Error, error.Message),
        };

    private ShellState ApplyToEditor(EditorAction action)
    {
        var (editor, effect) = Editor.Apply(action);
        var next = this with { Editor = editor };
        return effect switch
        {
            EditorEffect.Accepted accepted => next.Submit(
                accepted.Line,
                isNew: editor.History != Editor.History
            ),
            EditorEffect.Interrupted interrupted => next.ClearLine(interrupted.Line),
            EditorEffect.Exit => next.Exit() with { HasHungUp = action is EditorAction.EndOfInput },
            EditorEffect.ListCommands => next.Print(Theme.Hint, $"{CommandTable.HelpText}"),
            EditorEffect.ClearScreen => next.Emit(new ShellEffect.ClearScreen()),
            EditorEffect.Suspend => next.Emit(new ShellEffect.Suspend()),
            EditorEffect.Bell => next.Emit(new ShellEffect.Bell()),
            _ => next,
        };
    }

    private ShellState Submit(LineBuffer line, bool isNew)
    {
        var finished = Emit(new ShellEffect.FinishLine(line, Suffix: ""));
        if (Grammar.IsBlank(line.Text))
        {
            return finished;
        }

        var request = RequestOf(line.Text);
        if (!IsConnected && IsQuit(request))
        {
            return finished.Exit();
        }

        var saved = isNew ? finished.Emit(new ShellEffect.SaveToHistory(line.Text)) : finished;
        return (
            saved with
            {
                RequestNumber = RequestNumber + 1,
                IsAwaitingReply = true,
                DisconnectError = default,
            }
        ).Emit(new ShellEffect.SendRequest(request));
    }

    private ShellState ClearLine(LineBuffer line)
    {
        var finished = Emit(new ShellEffect.FinishLine(line, Suffix: "^C"));
        return line.Text.Length > 0 ? finished : finished.Print(Theme.Hint, QuitHint);
    }

    private ShellState Exit() => this with { HasExited = true };

    private ShellState Print(Spectre.Console.Style style, string text) =>
        Emit(new ShellEffect.PrintComment(style, text));

    private ShellState Emit(ShellEffect effect) => this with { Effects = Effects.Add(effect) };
}
