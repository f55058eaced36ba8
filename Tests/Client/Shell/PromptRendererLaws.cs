using TinyTcp.Cli.Shell;
using TinyTcp.Cli.Terminals;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>What holds of whatever is drawn, at any width: nothing wraps, and nothing is obeyed that was typed.</summary>
public class PromptRendererLaws
{
    private const string Target = "127.0.0.1:40000";

    [Law]
    public void A_rendered_line_never_reaches_the_last_column(EditorActions presses, byte width, bool colours)
    {
        var frame = new PromptRenderer(Target, 1 + width, new Theme(colours));
        var line = presses.ToEditor().Line;
        Assert.InRange(FakeTerminal.Render(frame.Render(line)).Width, 0, width);
        Assert.InRange(FakeTerminal.Render(frame.RenderFinished(line, "^C")).Width, 0, width);
    }

    [Law]
    public void A_line_that_fits_is_rendered_in_full_with_its_cursor(EditorActions presses)
    {
        var line = presses.ToEditor().Line;
        var screen = FakeTerminal.Render(
            new PromptRenderer(Target, 10_000, new Theme(HasColors: true)).Render(line)
        );
        Assert.StartsWith(
            $"{Target}> {DisplayWidth.SanitizeTyped(line.Text)}".TrimEnd(),
            screen.Text,
            StringComparison.Ordinal
        );
        Assert.Equal(DisplayWidth.Of($"{Target}> ") + Width(line.Text[..line.Cursor]), screen.Column);
    }

    [Law]
    public void The_character_left_of_the_cursor_is_always_visible(EditorActions presses, byte width)
    {
        var line = presses.ToEditor().Line;
        var frame = new PromptRenderer(Target, 20 + width, new Theme(HasColors: false));
        var last = TextElements.Split(DisplayWidth.SanitizeTyped(line.Text[..line.Cursor])).LastOrDefault("");
        Assert.Contains(
            last.TrimEnd(),
            FakeTerminal.Render(frame.Render(line)).Text,
            StringComparison.Ordinal
        );
    }

    [Law]
    public void After_a_resize_all_wrapped_rows_are_erased(EditorActions presses, byte before, byte after)
    {
        var line = presses.ToEditor().Line;
        var wide = new PromptRenderer(Target, 2 + after + before, new Theme(HasColors: false));
        var narrow = wide with { Width = 2 + after };
        var cursor = wide.CursorColumn(line);
        Assert.Equal(FakeTerminal.Render(wide.Render(line)).Column, cursor);
        Assert.Equal(
            cursor < narrow.Width ? "" : $"\u001b[{cursor / narrow.Width}A\r\u001b[J",
            narrow.EraseAfterResize(cursor)
        );
    }

    [Law]
    public void Comment_lines_keep_their_words_and_never_reach_the_last_column(AnyString text, byte width)
    {
        var words = DisplayWidth
            .SanitizeTyped(text.Characters)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var lines = CommentLines.Wrap(string.Join(' ', words), 5 + width).ToList();
        Assert.All(lines, line => Assert.InRange(DisplayWidth.Of(line), 0, 4 + width));
        Assert.StartsWith(CommentLines.Prefix, lines[0], StringComparison.Ordinal);
        Assert.Equal(
            string.Concat(words),
            string.Concat(lines.Select(static line => line[2..].Replace(" ", "", StringComparison.Ordinal)))
        );
    }

    private static int Width(string text) =>
        TextElements.Split(text).Sum(static element => DisplayWidth.Of(DisplayWidth.SanitizeTyped(element)));
}
