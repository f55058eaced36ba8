using TinyTcp.Cli.Shell.Editing;
using Xunit;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>Keys become actions, and a typed line gets a suggestion.</summary>
public class KeyDecoderTests
{
    [Fact]
    public void Keys_map_to_readline_actions()
    {
        Assert.Equal(
            [new EditorAction.MoveCursor(Motion.Left), new EditorAction.MoveCursor(Motion.WordLeft)],
            Read(KeyInput.Key(ConsoleKey.LeftArrow), KeyInput.Key(ConsoleKey.LeftArrow, control: true))
        );
        Assert.Equal(
            [new EditorAction.MoveCursor(Motion.Start), new EditorAction.MoveCursor(Motion.End)],
            Read(KeyInput.Ctrl('a'), KeyInput.Ctrl('e'))
        );
        Assert.Equal(
            [
                new EditorAction.Kill(Motion.End),
                new EditorAction.Kill(Motion.Start),
                new EditorAction.Kill(Motion.WordLeft),
                new EditorAction.Yank(),
            ],
            Read(KeyInput.Ctrl('k'), KeyInput.Ctrl('u'), KeyInput.Ctrl('w'), KeyInput.Ctrl('y'))
        );
        Assert.Equal(
            [
                new EditorAction.Interrupt(),
                new EditorAction.DeleteOrEof(),
                new EditorAction.ClearScreen(),
                new EditorAction.Suspend(),
            ],
            Read(KeyInput.Ctrl('c'), KeyInput.Ctrl('d'), KeyInput.Ctrl('l'), KeyInput.Ctrl('z'))
        );
        Assert.Equal(
            [
                new EditorAction.PreviousHistory(),
                new EditorAction.PreviousHistory(),
                new EditorAction.NextHistory(),
                new EditorAction.ReverseSearchHistory(),
                new EditorAction.Abort(),
            ],
            Read(
                KeyInput.Up,
                KeyInput.Ctrl('p'),
                KeyInput.Key(ConsoleKey.DownArrow),
                KeyInput.Ctrl('r'),
                KeyInput.Ctrl('g')
            )
        );
        Assert.Equal(
            [new EditorAction.AcceptLine(), new EditorAction.AcceptLine(), new EditorAction.AcceptLine()],
            Read(KeyInput.Enter, KeyInput.Ctrl('j'), KeyInput.Ctrl('m'))
        );
        Assert.Equal([new EditorAction.Complete()], Read(KeyInput.Tab, KeyInput.Escape));
    }

    [Fact]
    public void Printable_characters_insert_themselves()
    {
        Assert.Equal(EditorActions.Typing("!~ü\u009B"), Read([.. KeyInput.Text("!~ü\u009B")]));
        Assert.Equal([new EditorAction.SelfInsert(new(0x1F600))], Read([.. KeyInput.Text("😀")]));
        Assert.Empty(Read([.. KeyInput.Text("\uD83D")]));
        Assert.Empty(Read([.. KeyInput.Text("\uDE00")]));
    }

    [Fact]
    public void After_Ctrl_V_a_key_is_inserted_literally_except_a_line_end()
    {
        Assert.Equal(
            [new EditorAction.SelfInsert(new('\x1B'))],
            Read(KeyInput.Ctrl('v'), KeyInput.Escape, KeyInput.Escape)
        );
        Assert.Equal([new EditorAction.AcceptLine()], Read(KeyInput.Ctrl('v'), KeyInput.Ctrl('j')));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pasted_text_is_inserted_literally_except_line_ends(bool isSingleEvent)
    {
        var start = PasteMarker('0', isSingleEvent);
        var end = PasteMarker('1', isSingleEvent);
        Assert.Equal(
            [
                new EditorAction.SelfInsert(new('E')),
                new EditorAction.SelfInsert(new('\t')),
                new EditorAction.SelfInsert(new('\x03')),
                new EditorAction.AcceptLine(),
                new EditorAction.SelfInsert(new('x')),
                new EditorAction.Complete(),
            ],
            Read([.. start, .. KeyInput.Text("E\t\x03\rx"), .. end, KeyInput.Tab])
        );
    }

    [Fact]
    public void An_incomplete_paste_marker_is_inserted_as_text() =>
        Assert.Equal(
            [
                new EditorAction.SelfInsert(new('[')),
                new EditorAction.SelfInsert(new('2')),
                new EditorAction.SelfInsert(new('x')),
            ],
            Read([KeyInput.Escape, .. KeyInput.Text("[2x")])
        );

    /// <summary>The keys that .NET reports: Alt-[, or, where the escape arrives alone, Escape and [.</summary>
    private static ConsoleKeyInfo[] PasteMarker(char digit, bool isSingleEvent) =>
        [
            .. isSingleEvent
                ? [new ConsoleKeyInfo('[', default, shift: false, alt: true, control: false)]
                : new[] { KeyInput.Escape, KeyInput.Text("[").First() },
            .. KeyInput.Text($"20{digit}~"),
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
    public void A_suggestion_completes_a_command_of_the_table(string typed, string rest, string completed)
    {
        var suggestion = Suggestion.For(LineBuffer.From(typed));
        Assert.Equal(
            (rest, completed),
            suggestion.Map(static known => (known.Remainder, known.Completed)).IfNone(("", ""))
        );
    }

    [Fact]
    public void There_is_no_suggestion_inside_a_line() =>
        Assert.True(Suggestion.For(LineBuffer.From("TI").Move(Motion.Left)).IsNone);

    private static List<EditorAction> Read(params ConsoleKeyInfo[] keys)
    {
        var decoder = new KeyDecoder();
        var read = new List<EditorAction>();
        foreach (var key in keys)
        {
            (decoder, var actions) = decoder.Decode(key);
            read.AddRange(actions);
        }

        return read;
    }
}
