using System.Globalization;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>Laws of the line editor.</summary>
public class EditorLaws
{
    [Law]
    public void The_cursor_is_always_at_a_text_element_boundary(EditorActions actions)
    {
        var editor = Editor.Create(History.Empty);
        foreach (var action in actions.Actions)
        {
            editor = editor.Apply(action).Next;
            Assert.Contains(
                editor.Line.Cursor,
                StringInfo.ParseCombiningCharacters(editor.Line.Text).Append(editor.Line.Text.Length)
            );
        }
    }

    [Law]
    public void Backspace_undoes_a_typed_character(LineEdit edit)
    {
        var editor = edit.ToEditor();
        Assert.Equal(editor, editor.After([.. EditorActions.Typing("x"), Delete(Motion.Left)]));
    }

    [Law]
    public void The_opposite_motion_restores_the_cursor(LineEdit edit)
    {
        var editor = edit.ToEditor();
        var (there, back) =
            editor.Line.Cursor > 0 ? (Motion.Left, Motion.Right) : (Motion.Right, Motion.Left);
        var moved = editor.Apply(Move(there)).Next;
        Assert.NotEqual(editor.Line.Cursor, moved.Line.Cursor);
        Assert.Equal(editor, moved.Apply(Move(back)).Next);
    }

    [Law]
    public void A_kill_removes_what_the_motion_passes_and_yank_restores_it(LineEdit edit)
    {
        var editor = edit.ToEditor();
        var target = editor.Apply(Move(edit.Motion)).Next.Line.Cursor;
        var killed = editor.Apply(new EditorAction.Kill(edit.Motion)).Next;
        Assert.Equal(edit.Text.Length - Math.Abs(target - editor.Line.Cursor), killed.Line.Text.Length);
        Assert.Equal(edit.Text, killed.Apply(new EditorAction.Yank()).Next.Line.Text);
    }

    [Law]
    public void Moving_up_shows_each_history_line_and_moving_down_restores_the_draft(HistorySearch search)
    {
        var editor = search.ToEditor();
        foreach (var line in search.History.Lines.Reverse())
        {
            editor = editor.Apply(new EditorAction.PreviousHistory()).Next;
            Assert.Equal(line, editor.Line.Text);
        }

        var down = editor.AfterRepeated(new EditorAction.NextHistory(), search.History.Lines.Count);
        Assert.Equal(search.ToEditor().Line, down.Line);
    }

    [Law]
    public void Enter_accepts_the_line_and_clears_the_editor(EditorActions actions)
    {
        var editor = actions.ToEditor();
        var (next, effect) = editor.Apply(new EditorAction.AcceptLine());
        Assert.Equal((LineBuffer.Empty, 0), (next.Line, next.HistoryOffset));
        Assert.Equal(new EditorEffect.Accepted(editor.Line), effect);
    }

    [Law]
    public void The_bell_rings_exactly_if_nothing_changes_and_nothing_else_is_done(EditorActions actions)
    {
        var editor = Editor.Create(History.Empty);
        foreach (var action in actions.Actions.Append(new EditorAction.Undefined()))
        {
            var (next, effect) = editor.Apply(action);
            Assert.True(effect is not EditorEffect.Bell || next == editor);
            Assert.True(effect is not EditorEffect.None || next != editor);
            editor = next;
        }
    }

    [Law]
    public void The_shown_line_contains_the_search_query(HistorySearch search, EditorActions actions)
    {
        var editor = search.Start();
        foreach (var action in actions.Actions.Prepend(Delete(Motion.Left)))
        {
            Assert.All(
                editor.Search,
                shown => Assert.Contains(shown.Query, editor.Line.Text, StringComparison.OrdinalIgnoreCase)
            );
            editor = editor.Apply(action).Next;
        }
    }

    [Law]
    public void A_search_finds_every_matching_line_newest_first(HistorySearch search)
    {
        var editor = search.Start();
        var found = new List<string> { editor.Line.Text };
        for (
            var (next, effect) = editor.Apply(new EditorAction.ReverseSearchHistory());
            effect is EditorEffect.None;
            (next, effect) = next.Apply(new EditorAction.ReverseSearchHistory())
        )
        {
            found.Add(next.Line.Text);
        }

        Assert.Equal(search.Matches, found);
    }

    [Law]
    public void Aborting_a_search_restores_the_editor(HistorySearch search)
    {
        var found = search.Start();
        Assert.Equal(search.Matches.First(), found.Line.Text);
        Assert.Equal(search.ToEditor(), found.Apply(new EditorAction.Abort()).Next);
    }

    [Law]
    public void Enter_in_a_search_accepts_the_match(HistorySearch search)
    {
        var (next, effect) = search.Start().Apply(new EditorAction.AcceptLine());
        Assert.Equal(new EditorEffect.Accepted(LineBuffer.From(search.Matches.First())), effect);
        Assert.True(next.Search.IsNone);
    }

    [Law]
    public void Pasted_lines_are_accepted_one_by_one(LineText first, LineText[] others, bool isLf)
    {
        var pasted = others.Prepend(first).Select(static text => PrintableOnly(text.ToString())).ToArray();
        var accepted = new List<string>();
        var (editor, decoder) = (Editor.Create(History.Empty), new KeyDecoder());
        foreach (var line in pasted)
        {
            (decoder, var actions) = decoder.Decode(WireBytes.Utf8(line + (isLf ? '\n' : '\r')));
            foreach (var action in actions)
            {
                (editor, var effect) = editor.Apply(action);
                accepted.AddRange(effect is EditorEffect.Accepted found ? [found.Line.Text] : []);
            }
        }

        Assert.Equal(pasted, accepted);
    }

    private static EditorAction.MoveCursor Move(Motion motion) => new(motion);

    private static EditorAction.Delete Delete(Motion motion) => new(motion);

    private static string PrintableOnly(string text) =>
        string.Concat(text.EnumerateRunes().Where(static rune => rune.Value >= ' ' && rune.Value != 0x7F));
}
