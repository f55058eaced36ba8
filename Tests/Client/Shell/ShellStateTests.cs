using LanguageExt;
using TinyTcp.Cli.Shell;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>The shell as a value: events in any order, and their effects.</summary>
public class ShellStateTests
{
    private static readonly ClientError Idle = new ClientError.Goodbye(ErrorCode.IdleTimeout);
    private static readonly ClientError Quit = new ClientError.ClientClosed(ClosedBy.Quit);
    private static readonly ShellEvent Enter = new ShellEvent.KeyPressed(new EditorAction.AcceptLine());
    private static readonly ShellEvent CtrlC = new ShellEvent.KeyPressed(new EditorAction.Interrupt());
    private static readonly ShellEvent CtrlD = new ShellEvent.KeyPressed(new EditorAction.DeleteOrEof());

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(3);
    private static readonly ShellEvent Sent = new ShellEvent.LineSent(TimeSpan.FromHours(1));

    [Law]
    public void Every_line_is_sent_once_and_in_order_for_any_timing_of_replies(
        LineText first,
        LineText[] others,
        bool[] isReplyNext
    )
    {
        var lines = others.Prepend(first).Select(static line => line.ToString()).ToArray();
        var keys = lines.SelectMany(static line => Typing(line).Append(Enter)).ToArray();
        var (state, effects) = (ConnectedState(), new List<ShellEffect>());
        foreach (
            var (key, hasReply) in keys.Zip(
                isReplyNext.Concat(Enumerable.Repeat(element: false, keys.Length))
            )
        )
        {
            Update(key);
            if (hasReply)
            {
                Update(Completed(state));
            }
        }

        Assert.All(lines, _ => Update(Completed(state)));
        Assert.False(state.IsAwaitingReply);
        Assert.Equal(lines, SentLines(effects));

        void Update(ShellEvent happened)
        {
            state = state.Update(happened);
            effects.AddRange(state.Effects);
        }
    }

    [Fact]
    public void A_reply_is_printed_and_an_error_reply_is_explained()
    {
        var error = new ClientError.ErrorReply(
            PendingOperation.Request,
            ErrorCode.UnknownCommand,
            "'UNKNOWN_COMMAND'"
        );
        var received = ConnectedState()
            .After([.. Typing("nonsense"), Enter])
            .Update(Line("ERROR UNKNOWN_COMMAND"));
        Assert.Equal([Printed("ERROR UNKNOWN_COMMAND")], received.Effects);
        Assert.Equal(
            [
                Comment(
                    Theme.Hint,
                    $"{ErrorCode.UnknownCommand.Description} {ErrorCode.UnknownCommand.Advice}"
                ),
            ],
            received.Update(Completed(received, error)).Effects
        );
    }

    [Fact]
    public void A_lost_connection_and_the_reconnect_are_each_reported_once()
    {
        var lost = new ClientError.ConnectionLost(PendingOperation.Request, "the server closed it", "");
        var disconnected = ConnectedState()
            .After([.. Typing("TIME"), Enter])
            .Update(new ShellEvent.Disconnected(lost));
        Assert.Equal(
            [Comment(Theme.Error, $"{lost.Message} {ShellState.ReconnectHint}")],
            disconnected.Effects
        );
        var ended = disconnected.Update(Completed(disconnected, lost));
        Assert.Empty(ended.Effects);
        Assert.Equal(
            [Comment(Theme.Notice, ShellState.ReconnectedNotice)],
            ended.After([.. Typing("TIME"), Enter]).Update(new ShellEvent.Connected()).Effects
        );
    }

    [Fact]
    public void A_goodbye_while_idle_is_reported_and_keeps_the_typed_line()
    {
        var state = ConnectedState().After(Typing("EC")).Update(new ShellEvent.Disconnected(Idle));
        Assert.Equal([Comment(Theme.Error, $"{Idle.Message} {ShellState.ReconnectHint}")], state.Effects);
        Assert.Equal("EC", state.Editor.Line.Text);
    }

    [Fact]
    public void Only_the_reply_to_a_request_has_a_latency()
    {
        var sent = ConnectedState().After([.. Typing("ECHO x"), Enter, Sent]);
        Assert.Equal([Printed("ERROR IDLE_TIMEOUT")], sent.Update(Line("ERROR IDLE_TIMEOUT")).Effects);

        var replied = sent.Update(Line("ERROR UNKNOWN_COMMAND"));
        Assert.Equal([Printed("ERROR UNKNOWN_COMMAND", Latency)], replied.Effects);
        Assert.Equal(
            [Printed("ERROR TOO_MANY_ERRORS")],
            replied.Update(Line("ERROR TOO_MANY_ERRORS")).Effects
        );
    }

    [Fact]
    public void Ctrl_C_cancels_the_request_and_its_late_reply_is_marked()
    {
        var cancelled = ConnectedState().After([.. Typing("TIME"), Enter, Sent]).Update(CtrlC);
        Assert.Equal(
            [new ShellEffect.CancelRequest(), Comment(Theme.Notice, ShellState.SentNotice)],
            cancelled.Effects
        );
        var late = cancelled.After([.. Typing("ECHO x"), Enter]).Update(Line("TIME 1"));
        Assert.Equal([Printed("TIME 1"), Comment(Theme.Notice, ShellState.LateReplyNotice)], late.Effects);
        Assert.Empty(late.Update(new ShellEvent.RequestCompleted(1, "TIME 1")).Effects);
        Assert.Equal([Printed("ECHO x", Latency)], late.After([Sent, Line("ECHO x")]).Effects);
    }

    [Fact]
    public void A_request_that_is_cancelled_before_it_is_sent_gets_no_late_reply()
    {
        var cancelled = ConnectedState().After([.. Typing("TIME"), Enter]).Update(CtrlC);
        Assert.Equal(
            [new ShellEffect.CancelRequest(), Comment(Theme.Notice, ShellState.CancelledNotice)],
            cancelled.Effects
        );
        var next = cancelled.After([.. Typing("ECHO x"), Enter, Sent]);
        Assert.Equal([Printed("ECHO x", Latency)], next.Update(Line("ECHO x")).Effects);
    }

    [Fact]
    public void A_reply_is_late_even_after_a_line_that_could_not_be_sent()
    {
        var cancelled = ConnectedState().After([.. Typing("TIME"), Enter, Sent, CtrlC]);
        var unsent = cancelled.After([.. Typing("x"), Enter]);
        var failed = unsent.Update(Completed(unsent, new ClientError.InvalidArgument("line", "x", "short")));
        Assert.Equal(
            [Printed("TIME 1"), Comment(Theme.Notice, ShellState.LateReplyNotice)],
            failed.Update(Line("TIME 1")).Effects
        );
    }

    [Fact]
    public void A_request_that_is_sent_while_it_is_cancelled_has_a_late_reply()
    {
        var cancelled = ConnectedState().After([.. Typing("TIME"), Enter, CtrlC, Sent]);
        Assert.Equal(
            [Printed("TIME 1"), Comment(Theme.Notice, ShellState.LateReplyNotice)],
            cancelled.Update(Line("TIME 1")).Effects
        );
    }

    [Fact]
    public void A_client_that_closed_by_itself_is_reported()
    {
        var closed = new ClientError.ClientClosed(ClosedBy.Callback);
        Assert.Equal(
            [Comment(Theme.Error, closed.Message)],
            ConnectedState().Update(new ShellEvent.Disconnected(closed)).Effects
        );
    }

    [Fact]
    public void No_reply_is_marked_late_after_a_failed_reconnect()
    {
        var request = ConnectedState()
            .Update(new ShellEvent.Disconnected(Idle))
            .After([.. Typing("TIME"), Enter]);
        var greeted = request
            .Update(Completed(request, Idle))
            .After([.. Typing("TIME"), Enter])
            .Update(Line("WELCOME, again"));
        Assert.Equal([Printed("WELCOME, again")], greeted.Effects);
        Assert.Equal(
            [Printed("TIME 1")],
            greeted.Update(new ShellEvent.Connected()).Update(Line("TIME 1")).Effects
        );
    }

    [Fact]
    public void Ctrl_C_clears_the_line_or_prints_how_to_exit()
    {
        Assert.Equal(
            [new ShellEffect.FinishLine(LineBuffer.From("x"), "^C")],
            ConnectedState().After(Typing("x")).Update(CtrlC).Effects
        );
        Assert.Equal(
            [new ShellEffect.FinishLine(LineBuffer.Empty, "^C"), Comment(Theme.Hint, ShellState.QuitHint)],
            ConnectedState().Update(CtrlC).Effects
        );
    }

    [Fact]
    public void QUIT_exits_after_BYE_or_at_once_when_disconnected()
    {
        var quit = ConnectedState()
            .After([.. Typing("quit now"), Enter])
            .Update(new ShellEvent.Disconnected(Quit));
        Assert.False(quit.HasExited);
        Assert.True(quit.Update(Completed(quit)).HasExited);

        var disconnected = ConnectedState()
            .Update(new ShellEvent.Disconnected(Idle))
            .After([.. Typing("QUIT"), Enter]);
        Assert.True(disconnected.HasExited);
        Assert.Empty(SentLines(disconnected.Effects));
    }

    [Theory]
    [InlineData("exit", "QUIT")]
    [InlineData(" EXIT ", "QUIT")]
    [InlineData("exit now", "exit now")]
    public void The_word_exit_sends_QUIT(string line, string request) =>
        Assert.Equal([request], SentLines(ConnectedState().After([.. Typing(line), Enter]).Effects));

    [Fact]
    public void Tab_on_an_empty_line_lists_the_commands()
    {
        var tab = new ShellEvent.KeyPressed(new EditorAction.Complete());
        Assert.Equal([Comment(Theme.Hint, Model.HelpText)], ConnectedState().Update(tab).Effects);
        Assert.Equal([new ShellEffect.Bell()], ConnectedState().After(Typing(" ")).Update(tab).Effects);
    }

    [Fact]
    public void A_cancelled_QUIT_exits_when_BYE_arrives()
    {
        ShellEvent[] bye = [Line("BYE"), new ShellEvent.Disconnected(Quit)];
        var cancelled = ConnectedState().After([.. Typing("QUIT"), Enter, CtrlC]);
        Assert.False(cancelled.HasExited);
        Assert.True(cancelled.After(bye).HasExited);

        var next = cancelled.After([.. Typing("TIME"), Enter, .. bye]);
        Assert.False(next.HasExited);
        Assert.True(next.Update(Completed(next, Quit)).HasExited);
    }

    [Fact]
    public void Ctrl_D_exits_on_an_empty_line_and_end_of_input_on_any_line()
    {
        var typed = ConnectedState().After(Typing("x"));
        Assert.False(typed.Update(CtrlD).HasExited);
        Assert.True(typed.Update(new ShellEvent.KeyPressed(new EditorAction.EndOfInput())).HasExited);
        Assert.True(ConnectedState().Update(CtrlD).HasExited);
    }

    [Fact]
    public void A_blank_line_is_not_sent() =>
        Assert.Empty(SentLines(ConnectedState().After([.. Typing(" \t"), Enter]).Effects));

    private static ShellState ConnectedState() =>
        new ShellState(Editor.Create(History.Empty)).Update(new ShellEvent.Connected());

    private static IEnumerable<ShellEvent> Typing(string line) =>
        EditorActions.Typing(line).Select(static action => new ShellEvent.KeyPressed(action));

    private static ShellEvent.LineReceived Line(string line) =>
        new(ByteString.From(WireBytes.Utf8(line)), TimeSpan.FromHours(1) + Latency);

    private static ShellEvent.RequestCompleted Completed(ShellState state) =>
        new(state.RequestNumber, "the reply");

    private static ShellEvent.RequestCompleted Completed(ShellState state, ClientError error) =>
        new(state.RequestNumber, error);

    private static ShellEffect.PrintReply Printed(string line, Option<TimeSpan> latency = default) =>
        new(ByteString.From(WireBytes.Utf8(line)), latency);

    private static ShellEffect.PrintComment Comment(Spectre.Console.Style style, string text) =>
        new(style, text);

    private static IEnumerable<string> SentLines(IEnumerable<ShellEffect> effects) =>
        effects.OfType<ShellEffect.SendRequest>().Select(static effect => effect.Line);
}
