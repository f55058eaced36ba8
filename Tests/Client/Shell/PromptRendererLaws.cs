using TinyTcp.Cli.Shell;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Cli.Terminals;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Client.Terminals;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>Laws of what the shell draws, on terminals of any width.</summary>
public class PromptRendererLaws
{
    private const string Target = "127.0.0.1:40000";
    private const int Wide = 10_000;
    private const int Rows = 24;

    [Law]
    public void A_rendered_line_never_reaches_the_last_column_nor_needs_more_rows(
        EditorActions actions,
        TerminalWidth width,
        TerminalWidth height,
        bool colors
    )
    {
        var renderer = new PromptRenderer(Target, width.Columns, height.Columns, new Theme(colors));
        var line = actions.ToEditor().Line;
        Assert.All(
            new[] { Draw(renderer, line), FakeTerminal.Render(renderer.RenderFinished(line, "^C")) },
            terminal =>
            {
                Assert.InRange(terminal.Width, 0, width.Columns - 1);
                Assert.InRange(terminal.Text.Split('\n').Length, 1, height.Columns);
            }
        );
    }

    [Law]
    public void A_line_that_fits_is_rendered_in_full_with_its_cursor(LineEdit edit, bool colors)
    {
        var terminal = Draw(new PromptRenderer(Target, Wide, Rows, new Theme(colors)), edit.ToLine());
        Assert.StartsWith($"{Target}> {edit.Text}".TrimEnd(), terminal.Text, StringComparison.Ordinal);
        Assert.Equal(FakeTerminal.WidthOf($"{Target}> {edit.TextBeforeCursor}"), terminal.Column);
    }

    [Law]
    public void A_line_that_fits_the_screen_is_shown_and_kept_in_full(LineEdit edit)
    {
        var renderer = new PromptRenderer(Target, 10, Wide, new Theme(HasColors: false));
        Assert.Equal($">{WithoutSpaces(edit.Text)}", WithoutSpaces(Draw(renderer, edit.ToLine()).Text));
        Assert.Equal(
            $">{WithoutSpaces(edit.Text)}",
            WithoutSpaces(FakeTerminal.Render(renderer.RenderFinished(edit.ToLine(), "")).Text)
        );
    }

    [Law]
    public void The_character_left_of_the_cursor_is_always_visible(LineEdit edit, TerminalWidth width)
    {
        var renderer = new PromptRenderer(Target, 12 + width.Columns, Rows, new Theme(HasColors: false));
        Assert.Contains(
            edit.ElementBeforeCursor.TrimEnd(),
            Draw(renderer, edit.ToLine()).Text,
            StringComparison.Ordinal
        );
    }

    [Law]
    public void An_interrupted_line_ends_with_its_mark(LineEdit edit, TerminalWidth width)
    {
        var renderer = new PromptRenderer(Target, 10 + width.Columns, Rows, new Theme(HasColors: false));
        Assert.EndsWith("^C", renderer.RenderFinished(edit.ToLine(), "^C"), StringComparison.Ordinal);
    }

    [Law]
    public void After_a_resize_only_the_new_prompt_is_on_the_screen(
        LineEdit edit,
        TerminalWidth before,
        TerminalWidth after
    )
    {
        var (terminal, line) = (new FakeTerminal(), edit.ToLine());
        var wide = new PromptRenderer(
            Target,
            before.Columns + after.Columns,
            Rows,
            new Theme(HasColors: false)
        );
        var narrow = wide with { Width = after.Columns };
        using var output = new StringWriter();
        var live = new LiveText(output, isEnabled: true);
        output.Write("a reply\n");
        Show(live, wide, line);
        terminal.Write(output.ToString());
        terminal.Resize(after.Columns);
        output.GetStringBuilder().Clear();
        Show(live, narrow, line);
        terminal.Write(output.ToString());

        var expected = FakeTerminal.Render("a reply");
        expected.Resize(after.Columns);
        Assert.Equal($"{expected.Text}\n{Draw(narrow, line).Text}".TrimEnd(), terminal.Text);
    }

    [Law]
    public void A_shown_text_replaces_the_one_before_and_Hide_erases_it(
        HistorySearch first,
        HistorySearch second
    )
    {
        using var output = new StringWriter();
        var live = new LiveText(output, isEnabled: true);
        output.Write("a reply\n");
        live.Show(Lines(first), Wide);
        live.Show(Lines(second), Wide);
        Assert.Equal($"a reply\n{Lines(second)}", FakeTerminal.Render(output.ToString()).Text);
        live.Hide();
        output.Write("the end");
        Assert.Equal("a reply\nthe end", FakeTerminal.Render(output.ToString()).Text);

        static string Lines(HistorySearch search) => string.Join('\n', search.History.Lines);
    }

    [Law]
    public void Comment_lines_keep_their_words_and_never_reach_the_last_column(
        LineText first,
        LineText[] others,
        TerminalWidth width
    )
    {
        var text = DisplayWidth.SanitizeTyped(string.Join(' ', others.Prepend(first)));
        var lines = CommentLines.Wrap(text, 4 + width.Columns).ToList();
        Assert.All(lines, line => Assert.InRange(FakeTerminal.WidthOf(line), 0, 3 + width.Columns));
        Assert.StartsWith(CommentLines.Prefix, lines[0], StringComparison.Ordinal);
        Assert.Equal(
            WithoutSpaces(text),
            string.Concat(lines.Select(static line => WithoutSpaces(line[2..])))
        );
    }

    private static string WithoutSpaces(string text) =>
        text.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);

    private static FakeTerminal Draw(PromptRenderer renderer, LineBuffer line)
    {
        using var output = new StringWriter();
        Show(new LiveText(output, isEnabled: true), renderer, line);
        return FakeTerminal.Render(output.ToString());
    }

    private static void Show(LiveText live, PromptRenderer renderer, LineBuffer line)
    {
        var (before, after) = renderer.Render(line);
        live.Show(before, after, renderer.Width);
    }
}
