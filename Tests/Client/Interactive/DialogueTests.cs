using LanguageExt;
using TinyTcp.Cli.Interactive;
using TinyTcp.Client;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;
using Xunit;
using Turn = TinyTcp.Cli.Interactive.Turn;

namespace TinyTcp.Tests.Client.Interactive;

/// <summary>The shell as a value: what follows from what happens, whatever comes first.</summary>
public class DialogueTests
{
    private static readonly ClientError Idle = new ClientError.Goodbye(ErrorCode.IdleTimeout);
    private static readonly Either<ClientError, string> Bye = "BYE";

    [Law]
    public void Every_line_is_asked_once_and_in_order_whenever_the_answers_come(
        LineText[] lines,
        bool[] answers
    )
    {
        var turn = new Turn(Connected(), []);
        var at = 0;
        foreach (var key in lines.SelectMany(static line => Keys(line.ToString())))
        {
            turn = turn.Then(dialogue => dialogue.Press(key));
            turn = at < answers.Length && answers[at++] ? turn.Then(Answer) : turn;
        }

        turn = lines.Aggregate(turn, static (turn, _) => turn.Then(Answer));
        Assert.False(turn.Next.IsWaiting);
        Assert.Equal(lines.Select(static line => line.ToString()), Asked(turn.Effects).AsEnumerable());
    }

    [Fact]
    public void A_reply_is_printed_and_an_error_has_its_advice_below()
    {
        var error = new ClientError.Refused(Awaited.Request, ErrorCode.UnknownCommand, "'UNKNOWN_COMMAND'");
        var turn = Typed(Connected(), "nonsense")
            .Then(static dialogue => dialogue.Hear(Said("ERROR UNKNOWN_COMMAND")))
            .Then(dialogue => dialogue.Answer(1, error));
        Assert.Equal(
            [
                ShellEffect.Print(Said("ERROR UNKNOWN_COMMAND")),
                ShellEffect.Advice("The first word is not a command. Send HELP to see the commands."),
            ],
            turn.Effects.AsEnumerable().TakeLast(2)
        );
    }

    [Fact]
    public void A_loss_is_told_once_before_or_after_the_answer_and_so_is_the_next_connection()
    {
        var lost = new ClientError.Lost(Awaited.Request, "the server closed it", "");
        var turn = Typed(Connected(), "TIME")
            .Then(dialogue => dialogue.Disconnect(lost))
            .Then(dialogue => dialogue.Answer(1, lost))
            .Then(static dialogue => Typed(dialogue, "TIME"))
            .Then(static dialogue => dialogue.Connect());
        Assert.Equal(
            [
                ShellEffect.Trouble($"{lost.Sentence} {Dialogue.NextConnects}"),
                ShellEffect.Notice(Dialogue.ConnectedAgain),
            ],
            turn.Effects.AsEnumerable()
                .Where(static effect =>
                    effect.ToString().StartsWith("Trouble", StringComparison.Ordinal)
                    || effect == ShellEffect.Notice(Dialogue.ConnectedAgain)
                )
        );
    }

    [Fact]
    public void A_goodbye_while_nothing_is_asked_is_told_and_leaves_the_line_that_is_typed()
    {
        var begun = "EC".Aggregate(
            Connected(),
            static (dialogue, c) => dialogue.Press(Key.Typed(new(c))).Next
        );
        var turn = begun.Disconnect(Idle);
        Assert.Equal(
            [ShellEffect.Trouble($"{Idle.Sentence} {Dialogue.NextConnects}")],
            turn.Effects.AsEnumerable()
        );
        Assert.Equal("EC", turn.Next.Editor.Line.Text);
    }

    [Fact]
    public void Ctrl_C_gives_up_what_is_waited_for_and_a_late_reply_is_called_so()
    {
        var turn = Typed(Connected(), "TIME").Then(static dialogue => dialogue.Press(Key.Interrupt));
        Assert.Equal(
            [ShellEffect.GiveUp, ShellEffect.Notice(Dialogue.GivenUp)],
            turn.Effects.AsEnumerable().TakeLast(2)
        );
        Assert.False(turn.Next.IsWaiting);

        var late = Typed(turn.Next, "ECHO x").Then(static dialogue => dialogue.Hear(Said("TIME 1")));
        Assert.Equal(
            [ShellEffect.Print(Said("TIME 1")), ShellEffect.Notice(Dialogue.WasLate)],
            late.Effects.AsEnumerable().TakeLast(2)
        );
        Assert.Empty(late.Next.Answer(1, "TIME 1").Effects);
        Assert.Equal(
            [ShellEffect.Print(Said("ECHO x"))],
            late.Next.Hear(Said("ECHO x")).Effects.AsEnumerable()
        );
    }

    [Fact]
    public void Where_connecting_failed_before_no_reply_is_late()
    {
        var failed = Typed(Connected().Disconnect(Idle).Next, "TIME").Next.Answer(1, Idle).Next;
        var greeted = Typed(failed, "TIME").Next.Hear(Said("WELCOME, again"));
        Assert.Equal([ShellEffect.Print(Said("WELCOME, again"))], greeted.Effects.AsEnumerable());
        Assert.Equal(
            [ShellEffect.Print(Said("TIME 1"))],
            greeted.Next.Connect().Next.Hear(Said("TIME 1")).Effects.AsEnumerable()
        );
    }

    [Fact]
    public void Ctrl_C_clears_a_line_and_on_an_empty_one_says_how_to_leave()
    {
        Assert.Equal(
            [ShellEffect.Finish(Line.Of("x"), "^C")],
            Connected().Press(Key.Typed(new('x'))).Next.Press(Key.Interrupt).Effects.AsEnumerable()
        );
        Assert.Equal(
            [ShellEffect.Finish(Line.Empty, "^C"), ShellEffect.Advice(Dialogue.HowToLeave)],
            Connected().Press(Key.Interrupt).Effects.AsEnumerable()
        );
    }

    [Fact]
    public void QUIT_leaves_after_BYE_and_at_once_where_there_is_no_connection()
    {
        var quit = Typed(Connected(), "quit now")
            .Then(static dialogue => dialogue.Disconnect(new ClientError.Over(EndedBy.Quit)))
            .Then(static dialogue => dialogue.Answer(1, Bye));
        Assert.True(quit.Next.IsOver);

        var alone = Typed(Connected().Disconnect(Idle).Next, "QUIT");
        Assert.True(alone.Next.IsOver);
        Assert.Empty(Asked(alone.Effects));
    }

    [Fact]
    public void A_QUIT_that_was_given_up_leaves_when_BYE_comes()
    {
        var over = new ClientError.Over(EndedBy.Quit);
        var given = Typed(Connected(), "QUIT").Then(static dialogue => dialogue.Press(Key.Interrupt)).Next;
        Assert.False(given.IsOver);
        Assert.True(given.Hear(Said("BYE")).Next.Disconnect(over).Next.IsOver);

        var asked = Typed(given, "TIME").Next.Hear(Said("BYE")).Next.Disconnect(over).Next;
        Assert.False(asked.IsOver);
        Assert.True(asked.Answer(asked.Asked, over).Next.IsOver);
    }

    [Fact]
    public void Ctrl_D_leaves_on_an_empty_line_only_and_the_end_of_keys_on_any()
    {
        var begun = Connected().Press(Key.Typed(new('x'))).Next;
        Assert.False(begun.Press(Key.DeleteOrLeave).Next.IsOver);
        Assert.True(begun.Press(Key.Gone).Next.IsOver);
        Assert.True(Connected().Press(Key.DeleteOrLeave).Next.IsOver);
    }

    [Fact]
    public void A_blank_line_is_not_asked() => Assert.Empty(Asked(Typed(Connected(), " \t").Effects));

    private static Dialogue Connected() => new Dialogue(Editor.With(History.Empty)).Connect().Next;

    private static ByteString Said(string line) => ByteString.From(WireBytes.Utf8(line));

    private static IEnumerable<Key> Keys(string line) =>
        line.EnumerateRunes().Select(Key.Typed).Append(Key.Accept);

    private static Turn Typed(Dialogue dialogue, string line) =>
        Keys(line)
            .Aggregate(new Turn(dialogue, []), static (turn, key) => turn.Then(next => next.Press(key)));

    private static Turn Answer(Dialogue dialogue) => dialogue.Answer(dialogue.Asked, "reply");

    private static IEnumerable<string> Asked(IEnumerable<ShellEffect> effects) =>
        effects
            .Select(static effect => effect.ToString())
            .Where(static effect => effect.StartsWith("Ask ", StringComparison.Ordinal))
            .Select(static effect => effect[4..]);
}
