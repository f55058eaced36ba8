using LanguageExt;
using TinyTcp.Cli.Shell;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>The shell as a value: what follows from what happens, whatever comes first.</summary>
public class ShellStateTests
{
    private static readonly ClientError Idle = new ClientError.Goodbye(ErrorCode.IdleTimeout);
    private static readonly Either<ClientError, string> Bye = "BYE";

    [Law]
    public void Every_line_is_sent_once_and_in_order_for_any_timing_of_replies(
        LineText[] lines,
        bool[] replies
    )
    {
        var transition = new ShellTransition(ConnectedState(), []);
        var at = 0;
        foreach (var key in lines.SelectMany(static line => ActionsFor(line.ToString())))
        {
            transition = transition.Then(state => state.OnAction(key));
            transition = at < replies.Length && replies[at++] ? transition.Then(Reply) : transition;
        }

        transition = lines.Aggregate(transition, static (transition, _) => transition.Then(Reply));
        Assert.False(transition.Next.IsAwaitingReply);
        Assert.Equal(
            lines.Select(static line => line.ToString()),
            SentRequests(transition.Effects).AsEnumerable()
        );
    }

    [Fact]
    public void A_reply_is_printed_and_an_error_reply_is_followed_by_its_hint()
    {
        var error = new ClientError.ErrorReply(
            PendingOperation.Request,
            ErrorCode.UnknownCommand,
            "'UNKNOWN_COMMAND'"
        );
        var transition = TypeLine(ConnectedState(), "nonsense")
            .Then(static state => state.OnLine(LineOf("ERROR UNKNOWN_COMMAND")))
            .Then(state => state.OnResult(1, error));
        Assert.Equal(
            [
                ShellEffect.PrintReply(LineOf("ERROR UNKNOWN_COMMAND")),
                ShellEffect.PrintHint("The first word is not a command. Send HELP to see the commands."),
            ],
            transition.Effects.AsEnumerable().TakeLast(2)
        );
    }

    [Fact]
    public void A_lost_connection_and_the_reconnect_are_each_reported_once()
    {
        var lost = new ClientError.ConnectionLost(PendingOperation.Request, "the server closed it", "");
        var transition = TypeLine(ConnectedState(), "TIME")
            .Then(state => state.OnDisconnected(lost))
            .Then(state => state.OnResult(1, lost))
            .Then(static state => TypeLine(state, "TIME"))
            .Then(static state => state.OnConnected());
        Assert.Equal(
            [
                ShellEffect.PrintError($"{lost.Message} {ShellState.ReconnectHint}"),
                ShellEffect.PrintNotice(ShellState.ReconnectedNotice),
            ],
            transition
                .Effects.AsEnumerable()
                .Where(static effect =>
                    effect.ToString().StartsWith("PrintError", StringComparison.Ordinal)
                    || effect == ShellEffect.PrintNotice(ShellState.ReconnectedNotice)
                )
        );
    }

    [Fact]
    public void A_goodbye_while_idle_is_reported_and_keeps_the_typed_line()
    {
        var begun = "EC".Aggregate(
            ConnectedState(),
            static (state, c) => state.OnAction(EditorAction.SelfInsert(new(c))).Next
        );
        var transition = begun.OnDisconnected(Idle);
        Assert.Equal(
            [ShellEffect.PrintError($"{Idle.Message} {ShellState.ReconnectHint}")],
            transition.Effects.AsEnumerable()
        );
        Assert.Equal("EC", transition.Next.Editor.Line.Text);
    }

    [Fact]
    public void Ctrl_C_cancels_the_request_and_its_late_reply_is_marked()
    {
        var transition = TypeLine(ConnectedState(), "TIME")
            .Then(static state => state.OnAction(EditorAction.Interrupt));
        Assert.Equal(
            [ShellEffect.CancelRequest, ShellEffect.PrintNotice(ShellState.CancelledNotice)],
            transition.Effects.AsEnumerable().TakeLast(2)
        );
        Assert.False(transition.Next.IsAwaitingReply);

        var late = TypeLine(transition.Next, "ECHO x").Then(static state => state.OnLine(LineOf("TIME 1")));
        Assert.Equal(
            [ShellEffect.PrintReply(LineOf("TIME 1")), ShellEffect.PrintNotice(ShellState.LateReplyNotice)],
            late.Effects.AsEnumerable().TakeLast(2)
        );
        Assert.Empty(late.Next.OnResult(1, "TIME 1").Effects);
        Assert.Equal(
            [ShellEffect.PrintReply(LineOf("ECHO x"))],
            late.Next.OnLine(LineOf("ECHO x")).Effects.AsEnumerable()
        );
    }

    [Fact]
    public void No_reply_is_marked_late_after_a_failed_reconnect()
    {
        var failed = TypeLine(ConnectedState().OnDisconnected(Idle).Next, "TIME").Next.OnResult(1, Idle).Next;
        var greeted = TypeLine(failed, "TIME").Next.OnLine(LineOf("WELCOME, again"));
        Assert.Equal([ShellEffect.PrintReply(LineOf("WELCOME, again"))], greeted.Effects.AsEnumerable());
        Assert.Equal(
            [ShellEffect.PrintReply(LineOf("TIME 1"))],
            greeted.Next.OnConnected().Next.OnLine(LineOf("TIME 1")).Effects.AsEnumerable()
        );
    }

    [Fact]
    public void Ctrl_C_clears_the_line_or_prints_how_to_quit()
    {
        Assert.Equal(
            [ShellEffect.FinishLine(LineBuffer.From("x"), "^C")],
            ConnectedState()
                .OnAction(EditorAction.SelfInsert(new('x')))
                .Next.OnAction(EditorAction.Interrupt)
                .Effects.AsEnumerable()
        );
        Assert.Equal(
            [ShellEffect.FinishLine(LineBuffer.Empty, "^C"), ShellEffect.PrintHint(ShellState.QuitHint)],
            ConnectedState().OnAction(EditorAction.Interrupt).Effects.AsEnumerable()
        );
    }

    [Fact]
    public void QUIT_exits_after_BYE_or_at_once_when_disconnected()
    {
        var quit = TypeLine(ConnectedState(), "quit now")
            .Then(static state => state.OnDisconnected(new ClientError.ClientClosed(ClosedBy.Quit)))
            .Then(static state => state.OnResult(1, Bye));
        Assert.True(quit.Next.HasExited);

        var alone = TypeLine(ConnectedState().OnDisconnected(Idle).Next, "QUIT");
        Assert.True(alone.Next.HasExited);
        Assert.Empty(SentRequests(alone.Effects));
    }

    [Fact]
    public void A_cancelled_QUIT_exits_when_BYE_arrives()
    {
        var over = new ClientError.ClientClosed(ClosedBy.Quit);
        var given = TypeLine(ConnectedState(), "QUIT")
            .Then(static state => state.OnAction(EditorAction.Interrupt))
            .Next;
        Assert.False(given.HasExited);
        Assert.True(given.OnLine(LineOf("BYE")).Next.OnDisconnected(over).Next.HasExited);

        var asked = TypeLine(given, "TIME").Next.OnLine(LineOf("BYE")).Next.OnDisconnected(over).Next;
        Assert.False(asked.HasExited);
        Assert.True(asked.OnResult(asked.RequestNumber, over).Next.HasExited);
    }

    [Fact]
    public void Ctrl_D_exits_on_an_empty_line_and_end_of_input_on_any_line()
    {
        var begun = ConnectedState().OnAction(EditorAction.SelfInsert(new('x'))).Next;
        Assert.False(begun.OnAction(EditorAction.DeleteOrEof).Next.HasExited);
        Assert.True(begun.OnAction(EditorAction.EndOfInput).Next.HasExited);
        Assert.True(ConnectedState().OnAction(EditorAction.DeleteOrEof).Next.HasExited);
    }

    [Fact]
    public void A_blank_line_is_not_sent() =>
        Assert.Empty(SentRequests(TypeLine(ConnectedState(), " \t").Effects));

    private static ShellState ConnectedState() =>
        new ShellState(Editor.Create(History.Empty)).OnConnected().Next;

    private static ByteString LineOf(string line) => ByteString.From(WireBytes.Utf8(line));

    private static IEnumerable<EditorAction> ActionsFor(string line) =>
        line.EnumerateRunes().Select(EditorAction.SelfInsert).Append(EditorAction.AcceptLine);

    private static ShellTransition TypeLine(ShellState state, string line) =>
        ActionsFor(line)
            .Aggregate(
                new ShellTransition(state, []),
                static (transition, key) => transition.Then(next => next.OnAction(key))
            );

    private static ShellTransition Reply(ShellState state) => state.OnResult(state.RequestNumber, "reply");

    private static IEnumerable<string> SentRequests(IEnumerable<ShellEffect> effects) =>
        effects
            .Select(static effect => effect.ToString())
            .Where(static effect => effect.StartsWith("SendRequest ", StringComparison.Ordinal))
            .Select(static effect => effect["SendRequest ".Length..]);
}
