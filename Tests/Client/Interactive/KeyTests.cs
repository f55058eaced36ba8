using TinyTcp.Cli.Interactive;
using Xunit;

namespace TinyTcp.Tests.Client.Interactive;

/// <summary>From a terminal's reports to keys, and from a line to what it may become.</summary>
public class KeyTests
{
    [Fact]
    public void Keys_mean_what_people_expect()
    {
        Assert.Equal(
            [Key.Move(Motion.Left), Key.Move(Motion.WordLeft)],
            Read(Pressed.Key(ConsoleKey.LeftArrow), Pressed.Key(ConsoleKey.LeftArrow, control: true))
        );
        Assert.Equal(
            [Key.Move(Motion.Start), Key.Move(Motion.End)],
            Read(Pressed.Ctrl('a'), Pressed.Ctrl('e'))
        );
        Assert.Equal(
            [Key.Kill(Motion.End), Key.Kill(Motion.Start), Key.Kill(Motion.WordLeft), Key.Yank],
            Read(Pressed.Ctrl('k'), Pressed.Ctrl('u'), Pressed.Ctrl('w'), Pressed.Ctrl('y'))
        );
        Assert.Equal(
            [Key.Interrupt, Key.DeleteOrLeave, Key.Clear, Key.Suspend],
            Read(Pressed.Ctrl('c'), Pressed.Ctrl('d'), Pressed.Ctrl('l'), Pressed.Ctrl('z'))
        );
        Assert.Equal(
            [Key.Older, Key.Older, Key.Newer, Key.Search, Key.Abandon],
            Read(
                Pressed.Up,
                Pressed.Ctrl('p'),
                Pressed.Key(ConsoleKey.DownArrow),
                Pressed.Ctrl('r'),
                Pressed.Ctrl('g')
            )
        );
        Assert.Equal(
            [Key.Accept, Key.Accept, Key.Accept],
            Read(Pressed.Enter, Pressed.Ctrl('j'), Pressed.Ctrl('m'))
        );
        Assert.Equal([Key.Complete], Read(Pressed.Tab, Pressed.Escape));
    }

    [Fact]
    public void What_stands_for_itself_is_typed()
    {
        Assert.Equal("!~ü\u009B", string.Concat(Read([.. Pressed.Text("!~ü\u009B")])));
        Assert.Equal([Key.Typed(new(0x1F600))], Read([.. Pressed.Text("😀")]));
        Assert.Empty(Read([.. Pressed.Text("\uD83D")]));
        Assert.Empty(Read([.. Pressed.Text("\uDE00")]));
    }

    [Fact]
    public void After_Ctrl_V_a_key_stands_for_itself_unless_a_line_cannot_hold_it()
    {
        Assert.Equal([Key.Typed(new('\x1B'))], Read(Pressed.Ctrl('v'), Pressed.Escape, Pressed.Escape));
        Assert.Equal([Key.Accept], Read(Pressed.Ctrl('v'), Pressed.Ctrl('j')));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_pasted_stands_for_itself_but_for_the_ends_of_lines(bool isOne)
    {
        var begins = Mark('0', isOne);
        var ends = Mark('1', isOne);
        Assert.Equal(
            [
                Key.Typed(new('E')),
                Key.Typed(new('\t')),
                Key.Typed(new('\x03')),
                Key.Accept,
                Key.Typed(new('x')),
                Key.Complete,
            ],
            Read([.. begins, .. Pressed.Text("E\t\x03\rx"), .. ends, Pressed.Tab])
        );
    }

    [Fact]
    public void What_turns_out_to_be_no_mark_is_typed() =>
        Assert.Equal(
            [Key.Typed(new('[')), Key.Typed(new('2')), Key.Typed(new('x'))],
            Read([Pressed.Escape, .. Pressed.Text("[2x")])
        );

    /// <summary>As .NET reports it: Alt and a bracket, unless the escape came alone.</summary>
    private static ConsoleKeyInfo[] Mark(char which, bool isOne) =>
        [
            .. isOne
                ? [new ConsoleKeyInfo('[', default, shift: false, alt: true, control: false)]
                : new[] { Pressed.Escape, Pressed.Text("[").First() },
            .. Pressed.Text($"20{which}~"),
        ];

    [Theory]
    [InlineData("", "", "")]
    [InlineData("t", "IME", "TIME")]
    [InlineData("eC", "HO <TEXT>", "ECHO ")]
    [InlineData(" q", "UIT", " QUIT")]
    [InlineData("ECHO", " <TEXT>", "ECHO ")]
    [InlineData("echo ", "<TEXT>", "echo ")]
    [InlineData("ECHO x", "", "")]
    [InlineData("HELP", "", "")]
    [InlineData("x", "", "")]
    public void A_hint_is_the_rest_of_a_row_of_the_command_table(string typed, string rest, string completed)
    {
        var suggestion = Suggestion.For(Line.Of(typed));
        Assert.Equal(
            (rest, completed),
            suggestion.Map(static known => (known.Rest, known.Completed)).IfNone(("", ""))
        );
    }

    [Fact]
    public void There_is_no_hint_inside_a_line() =>
        Assert.True(Suggestion.For(Line.Of("TI").Move(Motion.Left)).IsNone);

    private static List<Key> Read(params ConsoleKeyInfo[] infos)
    {
        var reading = default(KeyReading);
        var keys = new List<Key>();
        foreach (var info in infos)
        {
            (reading, var key) = reading.Read(info);
            keys.AddRange(key);
        }

        return keys;
    }
}
