using TinyTcp.Cli.Shell.Editing;
using Xunit;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>From a terminal's reports to keys, and from a line to what it may become.</summary>
public class KeyDecoderTests
{
    [Fact]
    public void Keys_map_to_readline_actions()
    {
        Assert.Equal(
            [EditorAction.MoveCursor(Motion.Left), EditorAction.MoveCursor(Motion.WordLeft)],
            Read(KeyInput.Key(ConsoleKey.LeftArrow), KeyInput.Key(ConsoleKey.LeftArrow, control: true))
        );
        Assert.Equal(
            [EditorAction.MoveCursor(Motion.Start), EditorAction.MoveCursor(Motion.End)],
            Read(KeyInput.Ctrl('a'), KeyInput.Ctrl('e'))
        );
        Assert.Equal(
            [
                EditorAction.Kill(Motion.End),
                EditorAction.Kill(Motion.Start),
                EditorAction.Kill(Motion.WordLeft),
                EditorAction.Yank,
            ],
            Read(KeyInput.Ctrl('k'), KeyInput.Ctrl('u'), KeyInput.Ctrl('w'), KeyInput.Ctrl('y'))
        );
        Assert.Equal(
            [
                EditorAction.Interrupt,
                EditorAction.DeleteOrEof,
                EditorAction.ClearScreen,
                EditorAction.Suspend,
            ],
            Read(KeyInput.Ctrl('c'), KeyInput.Ctrl('d'), KeyInput.Ctrl('l'), KeyInput.Ctrl('z'))
        );
        Assert.Equal(
            [
                EditorAction.PreviousHistory,
                EditorAction.PreviousHistory,
                EditorAction.NextHistory,
                EditorAction.ReverseSearchHistory,
                EditorAction.Abort,
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
            [EditorAction.AcceptLine, EditorAction.AcceptLine, EditorAction.AcceptLine],
            Read(KeyInput.Enter, KeyInput.Ctrl('j'), KeyInput.Ctrl('m'))
        );
        Assert.Equal([EditorAction.Complete], Read(KeyInput.Tab, KeyInput.Escape));
    }

    [Fact]
    public void Printable_characters_insert_themselves()
    {
        Assert.Equal("!~ü\u009B", string.Concat(Read([.. KeyInput.Text("!~ü\u009B")])));
        Assert.Equal([EditorAction.SelfInsert(new(0x1F600))], Read([.. KeyInput.Text("😀")]));
        Assert.Empty(Read([.. KeyInput.Text("\uD83D")]));
        Assert.Empty(Read([.. KeyInput.Text("\uDE00")]));
    }

    [Fact]
    public void After_Ctrl_V_a_key_is_inserted_literally_except_a_line_end()
    {
        Assert.Equal(
            [EditorAction.SelfInsert(new('\x1B'))],
            Read(KeyInput.Ctrl('v'), KeyInput.Escape, KeyInput.Escape)
        );
        Assert.Equal([EditorAction.AcceptLine], Read(KeyInput.Ctrl('v'), KeyInput.Ctrl('j')));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pasted_text_is_inserted_literally_except_line_ends(bool isOne)
    {
        var begins = PasteMarker('0', isOne);
        var ends = PasteMarker('1', isOne);
        Assert.Equal(
            [
                EditorAction.SelfInsert(new('E')),
                EditorAction.SelfInsert(new('\t')),
                EditorAction.SelfInsert(new('\x03')),
                EditorAction.AcceptLine,
                EditorAction.SelfInsert(new('x')),
                EditorAction.Complete,
            ],
            Read([.. begins, .. KeyInput.Text("E\t\x03\rx"), .. ends, KeyInput.Tab])
        );
    }

    [Fact]
    public void An_incomplete_paste_marker_is_inserted_as_text() =>
        Assert.Equal(
            [
                EditorAction.SelfInsert(new('[')),
                EditorAction.SelfInsert(new('2')),
                EditorAction.SelfInsert(new('x')),
            ],
            Read([KeyInput.Escape, .. KeyInput.Text("[2x")])
        );

    /// <summary>As .NET reports it: Alt and a bracket, unless the escape came alone.</summary>
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

    private static List<EditorAction> Read(params ConsoleKeyInfo[] infos)
    {
        var reading = default(KeyDecoder);
        var keys = new List<EditorAction>();
        foreach (var info in infos)
        {
            (reading, var key) = reading.Decode(info);
            keys.AddRange(key);
        }

        return keys;
    }
}
