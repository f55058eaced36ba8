using TinyTcp.Cli.Display;
using TinyTcp.Cli.Interactive;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Interactive;

/// <summary>What holds of whatever is drawn, at any width: nothing wraps, and nothing is obeyed that was typed.</summary>
public class FrameLaws
{
    private const string Target = "127.0.0.1:40000";

    [Law]
    public void A_line_never_comes_to_the_last_column(KeyPresses presses, byte width, bool colours)
    {
        var frame = new Frame(Target, 1 + width, new Paint(colours));
        var line = presses.Editor().Line;
        Assert.InRange(Screen.After(frame.Draw(line)).Width, 0, width);
        Assert.InRange(Screen.After(frame.Finish(line, "^C")).Width, 0, width);
    }

    [Law]
    public void A_line_that_fits_is_all_there_with_the_cursor_in_its_place(KeyPresses presses)
    {
        var line = presses.Editor().Line;
        var screen = Screen.After(new Frame(Target, 10_000, new Paint(Colours: true)).Draw(line));
        Assert.StartsWith(
            $"{Target}> {Columns.Shown(line.Text)}".TrimEnd(),
            screen.Text,
            StringComparison.Ordinal
        );
        Assert.Equal(Columns.Of($"{Target}> ") + Width(line.Text[..line.Cursor]), screen.Column);
    }

    [Law]
    public void Where_a_line_does_not_fit_what_is_left_of_the_cursor_is_seen(KeyPresses presses, byte width)
    {
        var line = presses.Editor().Line;
        var frame = new Frame(Target, 20 + width, new Paint(Colours: false));
        var last = TextElements.Of(Columns.Shown(line.Text[..line.Cursor])).LastOrDefault("");
        Assert.Contains(last.TrimEnd(), Screen.After(frame.Draw(line)).Text, StringComparison.Ordinal);
    }

    [Law]
    public void Where_a_terminal_became_narrower_it_goes_back_over_the_rows_that_its_line_was_broken_into(
        KeyPresses presses,
        byte before,
        byte after
    )
    {
        var line = presses.Editor().Line;
        var wide = new Frame(Target, 2 + after + before, new Paint(Colours: false));
        var narrow = wide with { Width = 2 + after };
        var cursor = wide.Cursor(line);
        Assert.Equal(Screen.After(wide.Draw(line)).Column, cursor);
        Assert.Equal(
            cursor < narrow.Width ? "" : $"\u001b[{cursor / narrow.Width}A\r\u001b[J",
            narrow.After(cursor)
        );
    }

    [Law]
    public void Sentences_keep_their_words_and_never_come_to_the_last_column(AnyString text, byte width)
    {
        var words = Columns.Shown(text.Characters).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var lines = Prose.Lines(string.Join(' ', words), 5 + width).ToList();
        Assert.All(lines, line => Assert.InRange(Columns.Of(line), 0, 4 + width));
        Assert.StartsWith(Prose.Mark, lines[0], StringComparison.Ordinal);
        Assert.Equal(
            string.Concat(words),
            string.Concat(lines.Select(static line => line[2..].Replace(" ", "", StringComparison.Ordinal)))
        );
    }

    private static int Width(string text) =>
        TextElements.Of(text).Sum(static element => Columns.Of(Columns.Shown(element)));
}
