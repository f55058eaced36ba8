using System.Collections.Immutable;
using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Interactive;

/// <summary>What follows from something that happened: how the shell stands then, and what it is to do.</summary>
internal readonly record struct Turn(Dialogue Next, ImmutableList<ShellEffect> Effects)
{
    /// <summary>Lets something more happen.</summary>
    internal Turn Then(Func<Dialogue, Turn> more)
    {
        var turn = more(Next);
        return new(turn.Next, Effects.AddRange(turn.Effects));
    }
}

/// <summary>
/// The shell as a value: a function for each thing that can happen. One line is asked at a time; what is typed or pasted
/// meanwhile waits its turn.
/// </summary>
/// <param name="Editor">The line that is being typed.</param>
internal sealed record Dialogue(Editor Editor)
{
    /// <summary>How one finds one's way.</summary>
    internal const string Welcome = "HELP lists the commands, Tab completes one. QUIT or Ctrl-D leaves.";

    internal const string ConnectedAgain = "Connected again.";
    internal const string NextConnects = "The next line connects again.";
    internal const string GivenUp = "Given up. A reply that still comes is shown.";
    internal const string WasLate = "That is the reply to what was given up.";
    internal const string HowToLeave = "QUIT or Ctrl-D leaves.";

    /// <summary>The number of the request that is waited for; those before it are of no interest any more.</summary>
    internal int Asked { get; private init; }

    /// <summary>Whether a line was asked, and keys wait.</summary>
    internal bool IsWaiting { get; private init; }

    /// <summary>Whether it has ended: then nothing happens any more.</summary>
    internal bool IsOver { get; private init; }

    /// <summary>The keys that were pressed meanwhile.</summary>
    private ImmutableQueue<Key> Ahead { get; init; } = [];

    private bool WasConnected { get; init; }

    private bool IsConnected { get; init; }

    /// <summary>How many replies the server owes, those that were given up among them.</summary>
    private int Owed { get; init; }

    /// <summary>Why the last connection is over.</summary>
    private Option<ClientError> Ending { get; init; }

    private bool IsQuitted => Ending.Exists(static why => why is ClientError.Over { By: EndedBy.Quit });

    /// <summary>A key was pressed.</summary>
    internal Turn Press(Key key) =>
        IsOver ? Do()
        : !IsWaiting ? Edit(key)
        : key == Key.Suspend ? Do(ShellEffect.Suspend)
        : key == Key.Interrupt
            ? (this with { IsWaiting = false, Ahead = [] }).Do(
                ShellEffect.GiveUp,
                ShellEffect.Notice(GivenUp)
            )
        : (this with { Ahead = Ahead.Enqueue(key) }).Do();

    /// <summary>The server said a line.</summary>
    internal Turn Hear(ByteString said)
    {
        var isLate = IsConnected && Owed > (IsWaiting ? 1 : 0);
        var next = this with { Owed = Math.Max(0, Owed - 1) };
        return isLate
            ? next.Do(ShellEffect.Print(said), ShellEffect.Notice(WasLate))
            : next.Do(ShellEffect.Print(said));
    }

    /// <summary>A connection was greeted.</summary>
    internal Turn Connect() =>
        (this with { IsConnected = true, WasConnected = true, Owed = IsWaiting ? 1 : 0 }).Do(
            WasConnected ? ShellEffect.Notice(ConnectedAgain) : ShellEffect.Advice(Welcome)
        );

    /// <summary>A connection is over.</summary>
    internal Turn Disconnect(ClientError why)
    {
        var next = this with { IsConnected = false, Owed = 0, Ending = why };
        return why is ClientError.Over
            ? next.IsQuitted && !IsWaiting
                ? next.End()
                : next.Do()
            : next.Do(ShellEffect.Trouble($"{why.Sentence} {NextConnects}"));
    }

    /// <summary>A request has its answer, or none.</summary>
    /// <param name="request">The request's number.</param>
    /// <param name="answer">The reply, which was heard already, or what came of it.</param>
    internal Turn Answer(int request, Either<ClientError, string> answer)
    {
        if (!IsWaiting || request != Asked)
        {
            return Do();
        }

        // Replies come in order: with this one, or without a connection, nothing is owed any more.
        var next = this with
        {
            IsWaiting = false,
            Owed = 0,
        };
        return IsQuitted
            ? next.End()
            : answer
                .Match(Left: next.Explain, Right: _ => next.Do())
                .Then(static dialogue => dialogue.CatchUp());
    }

    /// <summary>Presses the keys that waited, up to one that asks a line.</summary>
    private Turn CatchUp()
    {
        var turn = Do();
        while (turn.Next is { IsWaiting: false, IsOver: false, Ahead.IsEmpty: false })
        {
            turn = turn.Then(static dialogue =>
                (dialogue with { Ahead = dialogue.Ahead.Dequeue(out var key) }).Press(key)
            );
        }

        return turn;
    }

    /// <summary>Why there was no reply, unless that was told already.</summary>
    private Turn Explain(ClientError error) =>
        Ending.Exists(why => why == error) ? Do()
        : error is ClientError.Refused { Error: var known }
            ? Do(
                ShellEffect.Advice(
                    known.Map(static row => $"{row.Description} {row.Advice}").IfNone(() => error.Sentence)
                )
            )
        : Do(ShellEffect.Trouble(error.Sentence));

    private Turn Edit(Key key)
    {
        var (editor, effect) = Editor.Step(key);
        var next = this with { Editor = editor };
        return effect.Match(
            none: () => next.Do(),
            accepted: line => next.Accept(line, isNew: editor.History != Editor.History),
            interrupted: next.Interrupt,
            leave: next.End,
            clear: () => next.Do(ShellEffect.Clear),
            suspend: () => next.Do(ShellEffect.Suspend),
            bell: () => next.Do(ShellEffect.Ring)
        );
    }

    private Turn Accept(Line line, bool isNew)
    {
        var finished = Do(ShellEffect.Finish(line, ""));
        return Grammar.IsBlank(line.Text) ? finished
            : !IsConnected && IsQuit(line.Text) ? finished.Then(static dialogue => dialogue.End())
            : finished
                .Then(dialogue => isNew ? dialogue.Do(ShellEffect.Remember(line.Text)) : dialogue.Do())
                .Then(dialogue =>
                    (
                        dialogue with
                        {
                            Asked = Asked + 1,
                            IsWaiting = true,
                            Owed = Owed + 1,
                            Ending = default,
                        }
                    ).Do(ShellEffect.Ask(line.Text))
                );
    }

    private Turn Interrupt(Line line) =>
        line.Text.Length > 0
            ? Do(ShellEffect.Finish(line, "^C"))
            : Do(ShellEffect.Finish(line, "^C"), ShellEffect.Advice(HowToLeave));

    private Turn End() => (this with { IsOver = true }).Do();

    private Turn Do(params ReadOnlySpan<ShellEffect> effects) => new(this, [.. effects]);

    /// <summary>Whether a line asks for the end.</summary>
    internal static bool IsQuit(string line) =>
        Protocol.Parse(line).Exists(static command => command == Command.Quit);
}
