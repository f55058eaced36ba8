using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>What a terminal sends becomes actions, and a typed line gets a suggestion.</summary>
public class KeyDecoderTests
{
    private static readonly Dictionary<string, EditorAction> Actions = new()
    {
        ["left"] = new EditorAction.MoveCursor(Motion.Left),
        ["right"] = new EditorAction.MoveCursor(Motion.Right),
        ["word left"] = new EditorAction.MoveCursor(Motion.WordLeft),
        ["word right"] = new EditorAction.MoveCursor(Motion.WordRight),
        ["start"] = new EditorAction.MoveCursor(Motion.Start),
        ["end"] = new EditorAction.MoveCursor(Motion.End),
        ["backspace"] = new EditorAction.Delete(Motion.Left),
        ["delete"] = new EditorAction.Delete(Motion.Right),
        ["kill end"] = new EditorAction.Kill(Motion.End),
        ["kill start"] = new EditorAction.Kill(Motion.Start),
        ["kill word left"] = new EditorAction.Kill(Motion.WordLeft),
        ["kill word right"] = new EditorAction.Kill(Motion.WordRight),
        ["yank"] = new EditorAction.Yank(),
        ["interrupt"] = new EditorAction.Interrupt(),
        ["delete or eof"] = new EditorAction.DeleteOrEof(),
        ["clear"] = new EditorAction.ClearScreen(),
        ["suspend"] = new EditorAction.Suspend(),
        ["previous"] = new EditorAction.PreviousHistory(),
        ["next"] = new EditorAction.NextHistory(),
        ["search"] = new EditorAction.ReverseSearchHistory(),
        ["abort"] = new EditorAction.Abort(),
        ["accept"] = new EditorAction.AcceptLine(),
        ["complete"] = new EditorAction.Complete(),
        ["undefined"] = new EditorAction.Undefined(),
    };

    [Theory]
    [InlineData("\x01", "start")]
    [InlineData("\x02", "left")]
    [InlineData("\x03", "interrupt")]
    [InlineData("\x04", "delete or eof")]
    [InlineData("\x05", "end")]
    [InlineData("\x06", "right")]
    [InlineData("\a", "abort")]
    [InlineData("\b", "backspace")]
    [InlineData("\t", "complete")]
    [InlineData("\n", "accept")]
    [InlineData("\v", "kill end")]
    [InlineData("\f", "clear")]
    [InlineData("\r", "accept")]
    [InlineData("\x0E", "next")]
    [InlineData("\x10", "previous")]
    [InlineData("\x12", "search")]
    [InlineData("\x15", "kill start")]
    [InlineData("\x17", "kill word left")]
    [InlineData("\x19", "yank")]
    [InlineData("\x1A", "suspend")]
    [InlineData("\x7F", "backspace")]
    [InlineData("\0", "undefined")]
    [InlineData("\x1C", "undefined")]
    [InlineData("\e[A", "previous")]
    [InlineData("\eOA", "previous")]
    [InlineData("\e[B", "next")]
    [InlineData("\e[C", "right")]
    [InlineData("\e[D", "left")]
    [InlineData("\eOD", "left")]
    [InlineData("\e[1;1D", "left")]
    [InlineData("\e[1;2D", "left")]
    [InlineData("\e[1;3D", "word left")]
    [InlineData("\e[1;5C", "word right")]
    [InlineData("\e[1;9D", "word left")]
    [InlineData("\e[5D", "word left")]
    [InlineData("\eO5D", "word left")]
    [InlineData("\e\e[D", "word left")]
    [InlineData("\eOc", "word right")]
    [InlineData("\eOd", "word left")]
    [InlineData("\e[H", "start")]
    [InlineData("\eOH", "start")]
    [InlineData("\e[1~", "start")]
    [InlineData("\e[7~", "start")]
    [InlineData("\e[F", "end")]
    [InlineData("\e[4~", "end")]
    [InlineData("\e[8~", "end")]
    [InlineData("\e[3~", "delete")]
    [InlineData("\eOM", "accept")]
    [InlineData("\eb", "word left")]
    [InlineData("\eF", "word right")]
    [InlineData("\ed", "kill word right")]
    [InlineData("\e\x7F", "kill word left")]
    [InlineData("\e\x03", "interrupt")]
    [InlineData("\ex", "undefined")]
    [InlineData("\e\r", "undefined")]
    public void Keys_map_to_readline_actions(string key, string action) =>
        Assert.Equal([Actions[action]], Read(key));

    [Theory]
    [InlineData("\e[15~")]
    [InlineData("\e[[A")]
    [InlineData("\e[105;5u")]
    [InlineData("\e[105;1:3u")]
    [InlineData("\e[1;5:3D")]
    [InlineData("\e[27;5;104~")]
    [InlineData("\e[10;20R")]
    [InlineData("\e[?1;2c")]
    [InlineData("\e[?2026;2$y")]
    [InlineData("\e[I")]
    [InlineData("\e[O")]
    [InlineData("\e[M !!")]
    [InlineData("\e[<0;10;10M")]
    [InlineData("\eOP")]
    [InlineData("\e]11;rgb:0000/0000/0000\e\\")]
    [InlineData("\e]52;c;\a")]
    [InlineData("\eP1+r544e=787465726d\e\\")]
    [InlineData("\e_Gi=31;OK\e\\")]
    [InlineData("\e^x\a")]
    [InlineData("\eXx\e\\")]
    [InlineData("\e]11;\e[I")]
    [InlineData("\e[1\e[15~")]
    [InlineData("\eü")]
    public void An_unknown_key_a_report_and_an_answer_of_the_terminal_do_nothing(string sequence) =>
        Assert.Equal(Inserts("x"), Read($"{sequence}x"));

    [Theory]
    [InlineData("\e", "x")]
    [InlineData("\e\e", "x")]
    [InlineData("\e[", "x")]
    [InlineData("\eO", "x")]
    [InlineData("\e]", "x")]
    [InlineData("\eP", "x")]
    public void What_begins_a_sequence_is_a_key_if_nothing_follows(string key, string text) =>
        Assert.Equal([Actions["undefined"], .. Inserts(text)], Read(key, "", text));

    [Theory]
    [InlineData("b", "word left")]
    [InlineData("d", "kill word right")]
    [InlineData("\x7F", "kill word left")]
    [InlineData("\r", "accept")]
    public void Escape_and_then_a_key_is_Alt_and_the_key_if_that_has_an_action(string key, string action) =>
        Assert.Equal([Actions["undefined"], Actions[action], .. Inserts("b")], Read("\e", "", key, "", "b"));

    [Fact]
    public void Only_the_next_key_after_Escape_is_Alt_however_the_input_is_cut() =>
        Assert.Equal([Actions["undefined"], Actions["word left"], .. Inserts("X")], Read("\e", "", "bX"));

    [Theory]
    [InlineData("\e[1;", "9D")]
    [InlineData("\e[M ", "!!")]
    public void A_pause_inside_a_sequence_does_not_end_it(string start, string rest) =>
        Assert.DoesNotContain(Read(start, "", rest), static action => action is EditorAction.SelfInsert);

    [Theory]
    [InlineData("\e]b")]
    [InlineData("\ePb")]
    [InlineData("\eXb")]
    [InlineData("\e^b")]
    [InlineData("\e_b")]
    [InlineData("\e]b\e")]
    public void A_pause_ends_a_string(string keys) => Assert.Equal(Inserts("x"), Read(keys, "", "x"));

    [Fact]
    public void Ctrl_C_after_a_pause_ends_a_paste_without_an_end_mark() =>
        Assert.Equal(
            [.. Inserts("E"), .. Inserts("\x03"), Actions["interrupt"], Actions["complete"]],
            Read($"{KeyInput.PasteStart}E", "\x03", "", "\x03", "\t")
        );

    [Fact]
    public void Ctrl_C_ends_a_string_that_the_terminal_does_not_end() =>
        Assert.Equal([Actions["interrupt"], .. Inserts("x")], Read("\e]11;?", "\x03", "x"));

    [Fact]
    public void Text_inserts_itself()
    {
        Assert.Equal(Inserts("!~ü\u009B😀"), Read("!~ü\u009B😀"));
        Assert.Equal(
            [new EditorAction.SelfInsert("a"), new EditorAction.SelfInsert("😀"), Actions["accept"]],
            ReadBytes([(byte)'a', 0xF0, 0x9F], [0x98, 0x80, (byte)'\r'])
        );
        Assert.Equal(Inserts("\uFFFDx"), ReadBytes([0xFF, (byte)'x']));
        Assert.Equal([.. Inserts("\uFFFD"), Actions["accept"]], ReadBytes([0xC3], [(byte)'\r']));
    }

    [Theory]
    [InlineData("\x16\e", "\e")]
    [InlineData("\x16\x03", "\x03")]
    [InlineData("\x16\r", "\r")]
    [InlineData("\x16\x16", "\x16")]
    [InlineData("\x16ü", "ü")]
    public void After_Ctrl_V_a_key_is_inserted_literally(string keys, string inserted) =>
        Assert.Equal([.. Inserts(inserted), Actions["complete"]], Read($"{keys}\t"));

    [Fact]
    public void After_Ctrl_V_a_line_end_ends_the_line() =>
        Assert.Equal([Actions["accept"], .. Inserts("x")], Read("\x16\nx"));

    [Fact]
    public void Pasted_text_is_inserted_literally_except_line_ends_and_sequences() =>
        Assert.Equal(
            [
                .. Inserts("E"),
                .. Inserts("\t"),
                .. Inserts("\x03"),
                Actions["accept"],
                .. Inserts("red"),
                Actions["complete"],
            ],
            Read($"{KeyInput.PasteStart}E\t\x03\r\e[31mred\e[D{KeyInput.PasteEnd}\t")
        );

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

    private static IEnumerable<EditorAction> Inserts(string text) => [new EditorAction.SelfInsert(text)];

    private static List<EditorAction> Read(params string[] parts) =>
        ReadBytes([.. parts.Select(WireBytes.Utf8)]);

    private static List<EditorAction> ReadBytes(params byte[][] parts)
    {
        var decoder = new KeyDecoder();
        var read = new List<EditorAction>();
        foreach (var part in parts)
        {
            (decoder, var actions) = decoder.Decode(part);
            read.AddRange(actions);
        }

        return read;
    }
}
